import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { categoriesOf, editDrawing } from '../../../lib/venue/drawing-text.ts'
import { quaysideDrawing } from '../../support/drawings.ts'

const list = [{ key: 'vip', label: 'Hospitality', color: 'blue', accessible: true }]

describe('a drawing that is edited stays as it came, to the letter', () => {
  test('beside its name', () => {
    const drawing =
      ' { "x" : 1.50, "name" : "Old \\"one\\" {",\n"n":null, "deep": [{"name":"no"}] }\n'
    expect(editDrawing(drawing, { name: 'New "two"' })).toBe(
      ' { "x" : 1.50, "name" : "New \\"two\\"",\n"n":null, "deep": [{"name":"no"}] }\n',
    )
  })

  test('beside its categories, of which the highest number only rises', () => {
    const drawing = '{"categories" : {"list":[], "more":1E2,"maxCategoryKey":7},"subChart":{ }}'
    const [seven, nine] = [6, 9].map((key) =>
      editDrawing(drawing, { categories: [...list, { ...list[0], key } as never] }),
    )
    expect(seven).toContain('"maxCategoryKey":7},"subChart":{ }}')
    expect(nine).toContain('"more":100')
    expect(nine).toContain('"maxCategoryKey":9},"subChart":{ }}')
  })

  test('where it had neither', () => {
    for (const drawing of ['{}', '{ }', '{"a":[]}', ' {"a":{"name":1}}']) {
      const edited = editDrawing(drawing, { name: 'New', categories: list })
      const former = JSON.parse(drawing) as object
      expect(JSON.parse(edited)).toEqual({
        ...former,
        name: 'New',
        categories: { list, maxCategoryKey: 0 },
      })
      expect(edited.endsWith(drawing.replace(/^ ?\{/, ''))).toBe(true)
    }
  })

  test('whatever is in it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(3), (drawing, spaces) => {
        const text = JSON.stringify(drawing, undefined, spaces)
        const edited = JSON.parse(editDrawing(text, { name: 'x', categories: list })) as object
        expect({ ...edited, name: 0, categories: 0 }).toEqual({
          ...(JSON.parse(text) as object),
          name: 0,
          categories: 0,
        })
        expect(categoriesOf(edited)).toEqual(list)
      }),
    )
  })
})

test('objects of a category that goes have none, be its key written as number or text', () => {
  const drawing =
    '{"categories":{"list":[],"x":{"categoryKey":1}},"rows":[{"seats":[' +
    '{"categoryKey":1 ,"categoryLabel":"One","categoryAccessible":true,"label":"1"},' +
    '{"categoryLabel":"One","categoryKey":"1"},{"categoryKey":null},{"categoryKey":11,"categoryLabel":"o"},{}]}]}'
  expect(editDrawing(drawing, { unassign: '1' })).toBe(
    '{"categories":{"list":[],"x":{"categoryKey":1}},"rows":[{"seats":[' +
      '{"categoryKey":null ,"categoryLabel":null,"categoryAccessible":null,"label":"1"},' +
      '{"categoryLabel":null,"categoryKey":null},{"categoryKey":null},{"categoryKey":11,"categoryLabel":"o"},{}]}]}',
  )
})

test('a category whose name is that of nothing takes nothing from objects without one', () => {
  const drawing = '{"seats":[{"categoryKey":null,"categoryLabel":"kept"}]}'
  expect(editDrawing(drawing, { unassign: 'null' })).toBe(drawing)
})

test('the categories of a drawing keep the type of their keys', () => {
  expect(categoriesOf(quaysideDrawing()).map(({ key }) => key)).toEqual([1, 'lounge'])
})
