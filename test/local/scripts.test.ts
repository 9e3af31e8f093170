import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { transform } from 'esbuild'
import { describe, expect, test } from 'vitest'

// Every script of ours that package.json has: what it says of itself, and what it does with what it does not know.

const root = new URL('../../', import.meta.url)
const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
  scripts: Readonly<Record<string, string>>
}

const FIRST = 'node commands/check-node.cjs && '
const OURS = /node --import tsx (\S+\.ts)/
const files = Object.values(scripts).flatMap((command) => OURS.exec(command)?.[1] ?? [])
const ours = [...new Set(files)]

/** Plain words and options: a name that is set, a quote, or a path with `./` in front means something else, or nothing, in another shell. */
const ANYWHERE = /^(node|npm|tsc|eslint|prettier|vitest|cdk)( [\w:.@/=-]+)*$/

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(file: string, ...args: string[]): Promise<Ended> {
  return runNode('--import', 'tsx', file, ...args)
}

function runNode(...all: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, all, { cwd: root, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

test('there are scripts of ours', () => {
  expect(ours.length).toBeGreaterThan(10)
})

test('every script asks first whether this Node.js will do, and is written for any shell', () => {
  for (const [name, command] of Object.entries(scripts)) {
    const parts = command.split(' && ')
    // What runs other scripts leaves the asking to them.
    if (!parts.every((part) => part.startsWith('npm run '))) {
      expect([name, command.startsWith(FIRST)]).toEqual([name, true])
    }
    for (const part of parts) expect([name, part]).toEqual([name, expect.stringMatching(ANYWHERE)])
  }
})

describe.each([
  ['16.20.2', false],
  ['18.20.8', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['22.0.0', true],
])('on Node.js %s', (version, will) => {
  test(will ? 'scripts run' : 'they say in a sentence what is needed', async () => {
    const set = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`
    const import_ = `data:text/javascript,${encodeURIComponent(set)}`
    const { code, stdout, stderr } = await runNode('--import', import_, 'commands/check-node.cjs')
    expect([code, stdout]).toEqual([will ? 0 : 1, ''])
    if (will) expect(stderr).toBe('')
    else
      expect(stderr).toMatch(
        new RegExp(`^Holdfast needs Node\\.js 20\\.19 or newer, and this is ${version}.*\n$`),
      )
  })
})

test('what restarts at every change keeps its data, in the folder that a reset empties unless told otherwise', async () => {
  const [, folder = ''] = /--data (\S+)$/.exec(scripts['dev'] ?? '') ?? []
  expect(folder).toMatch(/^\.[a-z-]+$/)
  expect(await readFile(new URL('commands/reset.ts', root), 'utf8')).toContain(`'${folder}'`)
  expect(await readFile(new URL('.gitignore', root), 'utf8')).toContain(`${folder}\n`)
})

test('the command that asks is written in what Node.js 12 knows', async () => {
  const text = await readFile(new URL('commands/check-node.cjs', root), 'utf8')
  const { code } = await transform(text, { target: 'node12', format: 'cjs' })
  // Nothing had to be written otherwise.
  expect(code).toBe((await transform(text, { target: 'esnext', format: 'cjs' })).code)
})

describe.each(ours)('%s', (file) => {
  test('says how it is used and ends well, and refuses what it does not know in a sentence', async () => {
    const help = await run(file, '--help')
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toMatch(/^Usage: npm (run [a-z]+|start)/)
    const { code, stdout, stderr } = await run(file, '--no-such-option')
    expect([1, 2]).toContain(code)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^[^\n]*--no-such-option[^\n]*\n/)
    expect(stderr).toContain('Usage: npm ')
    expect(stderr).not.toMatch(/\n {4}at /)
  }, 120_000)
})
