import { writeFile } from 'node:fs/promises'
import { readScript } from '../../local/options.ts'
import { takePicture } from './take-picture.ts'

const usage = `Usage: npm run picture

Takes docs/seat-map.png anew: the shop of a new demo, in the Chromium that is installed, or that CHROMIUM names.

  --help  Print this.
`

// `npm run picture`: takes the picture of the documents.

readScript({ usage, options: {} })
await writeFile(new URL('../../docs/seat-map.png', import.meta.url), await takePicture())
process.stdout.write('docs/seat-map.png is new\n')
