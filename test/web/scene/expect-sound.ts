import { expect } from 'vitest'
import type { Box, Scene, Shape } from '../../../web/scene/scene.ts'

/** Every number finite, every index of something, everything on its floor and every name in its section. */
export function expectSound(scene: Scene): void {
  const faults: string[] = []
  const check = (isSound: boolean | undefined, what: string) => {
    if (isSound !== true) faults.push(what)
  }
  const { floors, sections, objects, decorations } = scene
  for (const { box } of floors) check(areFinite(sidesOf(box)), 'box of a floor')
  for (const { x, y, box, shape, floor, section, index, label } of objects) {
    check(areFinite([x, y, ...sidesOf(box), ...numbersOf(shape)]), `numbers of ${label}`)
    const around = floors[floor]?.box
    check(around && isIn(around, { x, y }), `place of ${label}`)
    const members = section === undefined ? [index] : sections[section]?.objects
    check(members?.includes(index), `section of ${label}`)
  }
  for (const [at, { index, outline, box, x, y, floor, objects: members }] of sections.entries()) {
    check(index === at && floor in floors && outline.length >= 6, `section ${at}`)
    check(areFinite([...outline, x, y]) && isIn(box, { x, y }), `name of section ${at}`)
    check(
      members.every((member) => objects[member]?.section === at),
      `objects of section ${at}`,
    )
  }
  for (const { floor, shape, text, strokeWidth } of decorations) {
    const numbers = [strokeWidth, ...(shape ? numbersOf(shape) : [])]
    const ofText = text ? [text.x, text.y, text.size, text.angle] : []
    check(floor in floors && areFinite([...numbers, ...ofText]), 'decoration')
  }
  expect(faults).toEqual([])
}

function isIn(box: Box, { x, y }: { x: number; y: number }): boolean {
  return x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY
}

function sidesOf({ minX, minY, maxX, maxY }: Box): number[] {
  return [minX, minY, maxX, maxY]
}

function numbersOf(shape: Shape): number[] {
  return Object.values(shape)
    .flat()
    .filter((value) => typeof value === 'number')
}

function areFinite(numbers: readonly number[]): boolean {
  return numbers.every((value) => Number.isFinite(value))
}
