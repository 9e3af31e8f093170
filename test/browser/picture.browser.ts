import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { PICTURE_SIZE } from './picture-size.ts'
import { visit } from './support/pages.ts'
import { pictureOf } from './take-picture.ts'

/** How many times more or fewer bytes a picture has that shows something else. */
const LIKE = 1.5

test('the picture of the documents shows what the shop shows: npm run picture takes it anew', async () => {
  const page = await (await visit({ viewport: PICTURE_SIZE })).open('/')
  const now = await pictureOf(page)
  const shown = await readFile(new URL('../../docs/seat-map.png', import.meta.url))
  expect(now.subarray(16, 24)).toEqual(shown.subarray(16, 24))
  expect(shown.length).toBeGreaterThan(now.length / LIKE)
  expect(shown.length).toBeLessThan(now.length * LIKE)
})
