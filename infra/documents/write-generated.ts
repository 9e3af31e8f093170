import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { generateFiles } from './generated.ts'
import { readScript } from '../../local/options.ts'

const usage = `Usage: npm run openapi -- [options]

  --check    Write nothing: say which files are not fresh.
  --help     Print this.
`

// `npm run openapi` writes the generated files; `npm run check:generated` says whether they are fresh.

const root = new URL('../../', import.meta.url)
const values = readScript({ usage, options: { check: { type: 'boolean' } } })
const isCheck = values.check === true

for (const { path, text } of await generateFiles()) {
  const file = new URL(path, root)
  const present = await readFile(file, 'utf8').catch(() => '')
  if (present === text) continue
  if (isCheck) {
    process.stderr.write(`${path} is not what the sources make of it: run npm run openapi.\n`)
    process.exitCode = 1
  } else {
    await mkdir(new URL('.', file), { recursive: true })
    await writeFile(file, text)
    process.stdout.write(`Wrote ${path}\n`)
  }
}
