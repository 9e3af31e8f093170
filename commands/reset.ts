import { DataFolderError, emptyDataFolder } from '../local/data/data-folder.ts'
import { readScript } from '../local/options.ts'
import { inWords } from '../local/plain-words.ts'

const DATA_DEFAULT = '.dev-data'

const usage = `Usage: npm run reset -- [options]

Empties a data folder: the next start makes the demo anew. Stop the Holdfast that uses it first.

  --data DIR   The folder; ${DATA_DEFAULT} unless given, which is that of npm run dev.
  --help       Print this.
`

// `npm run reset`: takes the data of a local product away.

async function main(): Promise<void> {
  const { data } = readScript({
    usage,
    options: { data: { type: 'string', default: DATA_DEFAULT } },
  })
  try {
    const hadData = await emptyDataFolder(data)
    process.stdout.write(hadData ? `${data} is empty now\n` : `${data} was empty already\n`)
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(`${error instanceof DataFolderError ? error.message : inWords(error)}\n`)
  }
}

await main()
