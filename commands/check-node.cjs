// Every script of package.json runs this first. On a Node.js that is too old it says so in a sentence, where what follows would
// stop at the first thing that it does not know. So this is written in what an old Node.js knows.

const { engines } = require('../package.json')

const wanted = engines.node.replace('>=', '')
const [major, minor] = wanted.split('.').map(Number)
const running = process.versions.node.split('.').map(Number)

if (running[0] < major || (running[0] === major && running[1] < minor)) {
  const it = `Holdfast needs Node.js ${wanted} or newer, and this is ${process.versions.node}`
  process.stderr.write(
    `${it}: install a newer one from https://nodejs.org, then run npm ci again.\n`,
  )
  process.exit(1)
}
