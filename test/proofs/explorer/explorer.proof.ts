import { describe, expect, test } from 'vitest'
import { textOf } from './support/catalog.ts'
import { explore } from './support/explore.ts'
import { failure, play, summary } from './support/play.ts'
import type { Bounds, Scene } from './support/scene.ts'
import { openScenes } from './support/scenes.ts'
import { openStage } from './support/stage.ts'
import type { State } from './support/state.ts'

const scenes = await openScenes()

describe('within its bounds, nothing can go wrong with', () => {
  for (const { name, about } of scenes) {
    test(`${name}: ${about}`, { timeout: 120_000 }, async () => {
      const [played] = await play({ scene: name, bounds: ({ bounds }) => bounds.test })
      if (played === undefined) throw new Error(`There is no scene ${name}`)
      console.log(summary(played))
      if (played.explored.violation !== undefined) expect.fail(failure(played))
      const isCut = played.bounds.statesMax !== undefined
      expect(played.explored.isComplete || isCut).toBe(true)
      expect(played.explored.states).toBeGreaterThan(1_000)
    })
  }
})

describe('what the explorer takes for the same makes no difference to', () => {
  const bounds: Bounds = { faults: 1, kinds: ['lost'], rounds: 1, recoveries: 0, jobs: 0 }
  const cases = [
    ['alone', { ...bounds, faults: 0 }, 2],
    ['alone', bounds, 1],
    ['overtaken', { ...bounds, faults: 0 }, 2],
  ] as const
  test.each(cases)('what %s comes to', { timeout: 120_000 }, async (name, within, times) => {
    const whole = scenes.find((it) => it.name === name)
    if (whole === undefined) throw new Error(`There is no scene ${name}`)
    const scene = { ...whole, times: whole.times.slice(0, times) }
    const merged = await placesOf(scene, { bounds: within, merges: true })
    const apart = await placesOf(scene, { bounds: within, merges: false })
    expect(merged.states).toBeLessThan(apart.states)
    expect([...merged.places].sort()).toEqual([...apart.places].sort())
  })
})

/** Every table that a scene can come to, at every time, with what everybody was told. */
async function placesOf(
  scene: Scene,
  options: { bounds: Bounds; merges: boolean },
): Promise<{ states: number; places: Set<string> }> {
  const stage = openStage(scene, options)
  const places = new Set<string>()
  const onState = ({ table, locals, time }: State) => {
    const items = table
      .map((itemId) => stage.catalog.itemAt(itemId))
      .filter((it) => it !== undefined)
    const texts = items.map(textOf).sort()
    places.add([time, ...texts, ...locals.map(({ end }) => JSON.stringify(end))].join('\n'))
  }
  const { states, isComplete } = await explore(stage, { onState })
  expect(isComplete).toBe(true)
  return { states, places }
}
