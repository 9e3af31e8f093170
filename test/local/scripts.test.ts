import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'

// Every script of ours that package.json has: what it says of itself, and what it does with what it does not know.

const root = new URL('../../', import.meta.url)
const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
  scripts: Readonly<Record<string, string>>
}

const OURS = /^node --import tsx (\S+\.ts)/
const files = Object.values(scripts).flatMap((command) => OURS.exec(command)?.[1] ?? [])
const ours = [...new Set(files)]

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(file: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const all = ['--import', 'tsx', file, ...args]
    execFile(process.execPath, all, { cwd: root, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

test('there are scripts of ours', () => {
  expect(ours.length).toBeGreaterThan(10)
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
