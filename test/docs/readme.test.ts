import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

test('the links of the README and the documents lead somewhere', async () => {
  for (const name of [
    'README.md',
    'docs/api.md',
    'docs/architecture.md',
    'docs/notices.md',
    'docs/recipes.md',
    'docs/seat-map.md',
  ]) {
    const base = new URL(`../../${name}`, import.meta.url)
    const text = await readFile(base, 'utf8')
    for (const [, link = ''] of text.matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)) {
      if (link.startsWith('http')) continue
      const there = await readFile(new URL(link, base)).then(
        () => true,
        (error: unknown) => (error as NodeJS.ErrnoException).code === 'EISDIR',
      )
      expect([name, link, there]).toEqual([name, link, true])
    }
  }
})
