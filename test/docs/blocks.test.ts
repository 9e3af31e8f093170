import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { seatsRefusedReply } from '../../lib/seatbuilder/error-shapes.ts'
import { noticeBody } from '../../lib/seatbuilder/notice-shape.ts'
import { holdRequest } from '../../lib/seatbuilder/shapes.ts'
import { demoKeys } from '../../local/demo/seed-demo.ts'
import { blocksOf, commandsOf, documents, readCurl, type Block } from '../support/doc-blocks.ts'
import { faultsOfCode } from '../support/compiled-blocks.ts'
import { errorFaultsOf } from '../support/openapi.ts'
import { startProduct } from '../support/product.ts'

// Every fenced block of the documents is run as far as this machine can: a stranger pastes them as they stand.

const root = fileURLToPath(new URL('../../', import.meta.url))
const { scripts } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as {
  scripts: Readonly<Record<string, string>>
}
const blocks = (await Promise.all((await documents()).map(blocksOf))).flat()
const isRun = ({ note }: Block) => !note.startsWith('not run, ')
const ofLanguage = (...languages: string[]) =>
  blocks.filter((block) => isRun(block) && languages.includes(block.language))

/** What cannot be run here: with an account of AWS only, or what changes the repository itself. */
const NOT_RUN_MAX = 9

test('every block says what it is, and few cannot be run here, each with its reason', () => {
  const known = ['sh', 'json', 'ts', 'tsx', 'js', 'html', 'text']
  for (const { place, language } of blocks)
    expect([place, known]).toEqual([place, expect.arrayContaining([language])])
  const others = blocks.filter((block) => !isRun(block))
  for (const { place, note } of others)
    expect([place, note]).toEqual([place, expect.stringMatching(/^not run, \w.{10,}/)])
  expect(others.length).toBeLessThanOrEqual(NOT_RUN_MAX)
})

/** Runs the calls of a document in order; what one answers, the next may name: `CHART_KEY`, `KEY_ID`. */
async function runCalls(document: string, origin: string, answers: Map<string, string>) {
  const variables = { BASE: `${origin}/api`, SECRET: demoKeys.secret }
  for (const block of ofLanguage('sh').filter((it) => it.document === document)) {
    const text = block.text.replaceAll('http://localhost:3000', origin)
    for (const command of commandsOf(text, variables)) {
      if (command[0] !== 'curl') continue
      const named = command.map((word) =>
        word.replace(/\b[A-Z]+(_[A-Z]+)+\b/g, (name) => answers.get(name) ?? name),
      )
      const { url, init } = readCurl(named)
      const response = await fetch(url, init)
      const body = await response.text()
      const [, wanted] = /^answers (\d+)/.exec(block.note) ?? []
      const asTold = wanted === undefined ? response.ok : response.status === Number(wanted)
      expect(asTold, `${block.place}: ${command.join(' ')}\n${response.status} ${body}`).toBe(true)
      for (const [, name = '', value = ''] of body.matchAll(/"(\w+)": ?"([^"]*)"/g)) {
        answers.set(name.replace(/[A-Z]/g, '_$&').toUpperCase(), value)
      }
    }
  }
}

const withCalls = [
  ...new Set(
    ofLanguage('sh')
      .filter(({ text }) => /^curl /m.test(text))
      .map(({ document }) => document),
  ),
]

test.each(withCalls)('the calls of %s are answered as it says, in order', async (document) => {
  const product = startProduct()
  const origin = (await product.url) ?? ''
  const answers = new Map<string, string>()
  await runCalls(document, origin, answers)
  // What the README shows can be shown again.
  if (document === 'README.md') await runCalls(document, origin, answers)
})

function run(command: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr })
    })
  })
}

const SKIPPED = /^(curl|export|node|git)$/

test('the scripts that documents run are there, with the options that they name', async () => {
  const seen = new Set<string>()
  for (const { place, text } of ofLanguage('sh')) {
    for (const command of commandsOf(text, { BASE: '', SECRET: '' })) {
      const [tool = '', ...words] = command
      if (SKIPPED.test(tool) || (tool === 'npm' && words[0] === 'ci')) continue
      const isKnown = tool === 'npm' || (tool === 'npx' && words[0] === 'vitest')
      expect([place, command.join(' '), isKnown]).toEqual([place, command.join(' '), true])
      if (tool === 'npx') continue
      const [name = '', , ...given] = words[0] === 'run' ? words.slice(1) : words
      expect([place, name, Object.keys(scripts).includes(name)]).toEqual([place, name, true])
      const [, file] = /--import tsx (\S+)/.exec(scripts[name] ?? '') ?? []
      if (file === undefined || seen.has(command.join(' '))) continue
      seen.add(command.join(' '))
      // Asked for help a script does nothing, but refuses options that it does not have.
      const ended = await run(['--import', 'tsx', file, ...given, '--help'])
      expect([place, ended.code, ended.said]).toEqual([
        place,
        0,
        expect.stringContaining('Usage: npm'),
      ])
    }
  }
  expect(seen.size).toBeGreaterThan(5)
}, 240_000)

const kinds: Readonly<Record<string, (value: unknown) => unknown>> = {
  'is a refusal': (value) => errorFaultsOf.seatbuilder(value),
  'is a refusal of seats': (value) => seatsRefusedReply.safeParse(value).error?.issues ?? [],
  'is a hold of places': (value) => holdRequest.safeParse(value).error?.issues ?? [],
  'is a notice': (value) => noticeBody.safeParse(value).error?.issues ?? [],
  'is a pattern': (value) =>
    Object.keys(value as object).filter(
      (key) => !['source', 'detail-type', 'detail'].includes(key),
    ),
}

test('what is JSON can be read, and is what its place says', () => {
  const all = ofLanguage('json')
  expect(all.length).toBeGreaterThan(3)
  for (const { place, text, note } of all) {
    const value = JSON.parse(text) as unknown
    const judge = kinds[note]
    expect([place, note, judge !== undefined]).toEqual([place, note, true])
    expect([place, judge?.(value)]).toEqual([place, []])
  }
})

test('programs compile against the packages and files that they name', () => {
  const all = ofLanguage('ts', 'tsx', 'js')
  expect(all.length).toBeGreaterThan(4)
  expect(faultsOfCode(all)).toEqual([])
}, 240_000)

test('the program that listens to the local bus runs as pasted', async () => {
  const product = startProduct()
  await product.url
  const [, bus = ''] = /EventBridge, SQS (\S+)/.exec(product.output()) ?? []
  const [block] = ofLanguage('js').filter(({ document }) => document === 'docs/recipes.md')
  const code = block?.text.replaceAll('http://127.0.0.1:4100', bus) ?? ''
  const { code: ended, said } = await run(['--input-type=module', '--eval', code])
  expect([ended, said]).toEqual([0, expect.not.stringContaining('Error')])
})

test('the program for clients of seats.io runs as pasted', async () => {
  const product = startProduct()
  const origin = (await product.url) ?? ''
  const [block] = ofLanguage('js').filter(({ document }) => document === 'docs/seatsio.md')
  const code = block?.text.replaceAll('http://localhost:3000', origin) ?? ''
  const ended = await run(['--input-type=module', '--eval', code])
  expect(ended).toEqual({ code: 0, said: '' })
})

test('the map that follows an event runs as pasted, and has what changes', async () => {
  const product = startProduct()
  const origin = (await product.url) ?? ''
  const [block] = ofLanguage('js').filter(({ document }) => document === 'docs/snapshot.md')
  const seat = `${origin}/api/v1/events/evt_demo/seats`
  const code = `
    ${block?.text.replaceAll('http://localhost:3000', origin) ?? ''}
    const body = JSON.stringify({ objectLabels: ['S-A-6'], holdToken: 'basket-of-ada' })
    const letter = () => map.states[map.labels.indexOf('S-A-6')]
    const until = async (wanted) => {
      while (letter() !== wanted) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await until('f')
    await fetch('${seat}/hold', { method: 'POST', headers, body })
    await until('h')
    await fetch('${seat}/release', { method: 'POST', headers, body })
    await until('f')
    clearInterval(polling)
  `
  const ended = await run(['--input-type=module', '--eval', code])
  expect(ended).toEqual({ code: 0, said: '' })
})
