import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { startProduct } from '../support/product.ts'

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')

interface Pasted {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
}

/** The `curl` calls of the README, in order, read as a shell would. */
function pasted(): Pasted[] {
  const blocks = [...readme.matchAll(/```sh\n(curl[\s\S]*?)\n```/g)].map(([, block = '']) => block)
  return blocks.map((block) => {
    const [url = ''] = /https?:\/\/\S+/.exec(block) ?? []
    const [, key = ''] = /-H 'X-Api-Key: (.*?)'/.exec(block) ?? []
    const [, body] = /-d '([^']*)'/.exec(block) ?? []
    const [, method = 'GET'] = /-X (\S+)/.exec(block) ?? []
    // What curl says of a body when it is told nothing.
    const type = body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }
    return { method, url, headers: { 'X-Api-Key': key, ...type }, body }
  })
}

test('the calls of the README work as pasted, in order, and once more', async () => {
  const product = startProduct()
  const origin = (await product.url) ?? ''
  const calls = pasted()
  expect(calls).toHaveLength(8)
  for (let round = 1; round <= 2; round += 1) {
    const statuses: number[] = []
    for (const { method, url, headers, body = null } of calls) {
      const target = url.replace('http://localhost:3000', origin)
      statuses.push((await fetch(target, { method, headers, body })).status)
    }
    // Hold, the second buyer refused, extend, book, status, release; then a chart of one's own, and a webhook.
    expect(statuses).toEqual([200, 409, 200, 200, 200, 200, 201, 201])
  }
})

test('the links of the README and the documents lead somewhere', async () => {
  for (const name of ['README.md', 'docs/api.md', 'docs/architecture.md', 'docs/notices.md']) {
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
