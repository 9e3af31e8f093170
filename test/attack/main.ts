import { diceOf } from '../support/dice.ts'
import { bodies } from './bodies.ts'
import { crowd } from './crowd.ts'
import { createCompany, startProduct, type Attack } from './ground.ts'
import { hanging } from './hanging.ts'
import { records } from './records.ts'
import { repeats } from './repeats.ts'
import { silence } from './silence.ts'
import { sizes } from './sizes.ts'
import { readScript, refuseOption } from '../../local/options.ts'

const usage = `Usage: npm run attack -- [options]

  --seed N       What decides what is sent; 1 unless given.
  --only NAME    Only this attack.
  --help         Print this.
`

// `npm run attack -- --seed S [--only NAME,…]`: does to a running product, over HTTP, what harmed earlier ones, and judges by
// answers and by what is told. Each attack has two companies of its own: one attacks, the other must not notice.

const attacks: Readonly<Record<string, Attack>> = {
  silence,
  sizes,
  records,
  bodies,
  repeats,
  crowd,
  hanging,
}

const values = readScript({
  usage,
  options: { seed: { type: 'string', default: '1' }, only: { type: 'string' } },
})
const seed = Number(values.seed)
if (!Number.isSafeInteger(seed))
  refuseOption(usage, `--seed must be a whole number, not ${values.seed}`)
const wanted = values.only?.split(',') ?? Object.keys(attacks)
const chosen = Object.entries(attacks).filter(([name]) => wanted.includes(name))
if (chosen.length < wanted.length)
  refuseOption(usage, `--only must be some of ${Object.keys(attacks).join(', ')}`)

const product = await startProduct()
let failed = 0
for (const [name, attack] of chosen) {
  const [attacker, witness] = await Promise.all([1, 2].map(() => createCompany(product.url)))
  if (attacker === undefined || witness === undefined) throw new Error('Bug: no companies')
  const begunAt = performance.now()
  const faults = await attack({ url: product.url, attacker, witness, dice: diceOf(seed) })
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(1)
  console.log(`${faults.length === 0 ? 'held ' : 'HARM '} ${name} (${seconds} s, seed ${seed})`)
  for (const fault of faults.slice(0, 10)) console.log(`        ${fault}`)
  if (faults.length > 0) failed += 1
}
const code = await product.stop()
if (code !== 0) console.log(`HARM  the product ended with code ${String(code)}`)
if (code !== 0) failed += 1
console.log(`${chosen.length + 1 - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
