import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { CHART_GZIP_BYTES_MAX, SEAT_MAP_GZIP_BYTES_MAX } from '../../infra/web-files.ts'
import { PICTURE_SIZE } from '../browser/picture-size.ts'
import { blocksOf } from '../support/doc-blocks.ts'

const DOCUMENT = 'docs/seat-map.md'
const root = new URL('../../', import.meta.url)
const textOf = (path: string) => readFile(new URL(path, root), 'utf8')
const text = await textOf(DOCUMENT)
/** What is written as code, in tables and in sentences. */
const named = new Set(
  Array.from(text.matchAll(/`([^`\n]+)`/g), ([, code = '']) => code.replace(/\(.*/, '')),
)

/** The names that an interface or an object of a source has, one a line. */
async function membersOf(path: string, begin: RegExp): Promise<string[]> {
  const source = await textOf(path)
  const from = source.slice(source.search(begin))
  const body = from.slice(0, from.search(/^}/m))
  return Array.from(
    body.matchAll(/^ {2}(?:readonly )?'?([\w-]+)'?\??[:(]/gm),
    ([, name = '']) => name,
  )
}

test.each([
  ['settings', 'web/element/public.ts', /export interface Settings/, 20],
  ['methods', 'web/element/public.ts', /export interface SeatMapMethods/, 10],
  ['states', 'web/element/public.ts', /export interface SeatMapState/, 4],
  ['attributes', 'web/element/settings.ts', /export const attributeNames/, 10],
])('all %s of the element are in the document', async (_, path, begin, min) => {
  const names = await membersOf(path, begin)
  expect(names.length).toBeGreaterThanOrEqual(min)
  expect(names.filter((name) => !named.has(name) && name !== 'hold')).toEqual([])
})

test('all events of the element are in the document, and no others', async () => {
  const events = await membersOf('web/element/public.ts', /export interface SeatMapEvents/)
  expect(events.length).toBeGreaterThan(8)
  const written = [...named].filter((name) => name.startsWith('holdfast-'))
  expect(written.sort()).toEqual(events.sort())
})

test('all custom properties and parts are in the document, and no others', async () => {
  const files = ['colors', 'layout', 'controls', 'lists'].map(
    (name) => `web/element/styles/${name}.ts`,
  )
  const styles = (await Promise.all(files.map(textOf))).join('')
  const properties = new Set(styles.match(/--holdfast-[a-z-]+/g))
  const written = new Set([...named].filter((name) => name.startsWith('--holdfast-')))
  expect(written).toEqual(properties)
  const sources = await readdir(new URL('web/element/parts/', root))
  const parts = await Promise.all(sources.map((name) => textOf(`web/element/parts/${name}`)))
  const all = Array.from(parts.join('').matchAll(/part: '([a-z]+)'/g), ([, part = '']) => part)
  const [, sentence = ''] = /Parts, for `::part\(…\)`: ([^.]*)\./.exec(text) ?? []
  const told = Array.from(sentence.matchAll(/`([a-z]+)`/g), ([, part = '']) => part)
  expect(told.sort()).toEqual([...new Set(all)].sort())
})

test('the picture is there, as large as it is taken, and light enough for a page', async () => {
  const picture = await readFile(new URL('docs/seat-map.png', root))
  const { width, height } = PICTURE_SIZE
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([width, height])
  expect(picture.length).toBeLessThan(400_000)
})

test('the sizes are those that are checked', () => {
  expect(text).toContain(`at most ${SEAT_MAP_GZIP_BYTES_MAX / 1000} KB compressed`)
  expect(text).toContain(`\`chart.js\` at most ${CHART_GZIP_BYTES_MAX / 1000} KB`)
})

test('the page shows the element with attributes that it knows, and nothing stands in the way of a strict policy', async () => {
  const [page] = (await blocksOf(DOCUMENT)).filter(({ language }) => language === 'html')
  const html = page?.text ?? ''
  const attributes = await membersOf('web/element/settings.ts', /export const attributeNames/)
  const [, tag = ''] = /<holdfast-seat-map([^>]*)>/.exec(html) ?? []
  const written = Array.from(tag.matchAll(/([\w-]+)="/g), ([, name]) => name)
  expect(written.length).toBeGreaterThan(3)
  expect(written.filter((name) => !attributes.includes(name ?? ''))).toEqual([])
  expect(html).toContain('<script type="module" src="http://localhost:3000/seat-map.js"></script>')
  expect(html).not.toMatch(/ style=| on\w+=|<style|<script(?![^>]* src=)/)
})
