import ts from 'typescript'
import { finding, importsOf, nodesOf } from './source.ts'
import type { Rule, Source } from './source.ts'

type Sense = 'time' | 'waiting' | 'randomness' | 'environment'

interface Permit {
  readonly senses: readonly Sense[]
  readonly reason: string
}

/** The files, and folders, that may look at the world themselves. */
export const permits: Record<string, Permit> = {
  'lib/clock.ts': { senses: ['time', 'waiting'], reason: 'it is the clock' },
  'lib/ids.ts': { senses: ['randomness'], reason: 'it is the source of ids' },
  'lib/store/wire/request-handler.ts': {
    senses: ['waiting'],
    reason: 'a connection and an answer have their time in real time',
  },
  'lib/open.ts': { senses: ['environment'], reason: 'it reads the configuration' },
  'lib/open-bus.ts': { senses: ['environment'], reason: 'it reads the names of bus and queues' },
  'lib/fetch-secret.ts': {
    senses: ['environment'],
    reason: 'it reads which secret to fetch',
  },
  'local/main.ts': {
    senses: ['time', 'waiting', 'randomness', 'environment'],
    reason: 'it is the program that people start',
  },
  'commands/dynamodb.ts': { senses: ['waiting'], reason: 'it is a program that people start' },
  'commands/admin.ts': { senses: ['environment'], reason: 'it is a program that people start' },
  'commands/keys.ts': { senses: ['environment'], reason: 'it is a program that people start' },
  'commands/listen.ts': { senses: ['environment'], reason: 'it is a program that people start' },
  'commands/webhooks.ts': { senses: ['environment'], reason: 'it is a program that people start' },
  'local/stop-with-parent.ts': { senses: ['waiting'], reason: 'it looks whether npm is there' },
  'local/http/connections.ts': {
    senses: ['waiting'],
    reason: 'a shutdown waits for sockets, in real time',
  },
  'local/stopping.ts': {
    senses: ['time', 'waiting'],
    reason: 'a shutdown ends in real time',
  },
  'local/data/in-turns.ts': { senses: ['waiting'], reason: 'it lets the event loop turn' },
  'local/log-lines.ts': { senses: ['waiting'], reason: 'lines are gathered, in real time' },
  'local/http/http-server.ts': {
    senses: ['randomness'],
    reason: 'API Gateway makes the request ids',
  },
  'local/http/answer-request.ts': { senses: ['time'], reason: 'lines are measured in real time' },
  'local/http/lane.ts': {
    senses: ['waiting'],
    reason: 'handlers start in turns of the event loop, which they share in real time',
  },
  'web/sale/browser-surroundings.ts': {
    senses: ['time', 'waiting', 'randomness'],
    reason: 'it is what a sale needs of a browser',
  },
  'web/picture/surface.ts': { senses: ['time'], reason: 'it is what a picture needs of a browser' },
  'web/shop': { senses: ['waiting', 'randomness'], reason: 'it is a page that people open' },
  'web/office': { senses: ['time', 'waiting'], reason: 'it is a page that people open' },
  'packages/dynamodb/src': {
    senses: ['randomness'],
    reason: 'DynamoDB makes its request and record ids',
  },
  'packages/embedded/src/engine.ts': { senses: ['randomness'], reason: 'services make their ids' },
  'packages/embedded/src/wire.ts': { senses: ['randomness'], reason: 'services make request ids' },
  'packages/embedded/src/clock.ts': {
    senses: ['time', 'waiting'],
    reason: 'it is the clock of the embedded services',
  },
}

/** Tests may measure and start programs, but never sleep nor throw dice; measurements need the real clock. */
const openFolders: Record<string, readonly Sense[]> = {
  test: ['time', 'environment'],
  bench: ['time', 'environment'],
}

/** What code may not do on its own, by how it is written. */
const members: Record<string, Sense> = {
  'Date.now': 'time',
  'performance.now': 'time',
  'process.hrtime': 'time',
  'process.uptime': 'time',
  'process.env': 'environment',
  'Math.random': 'randomness',
  'crypto.randomUUID': 'randomness',
  'crypto.getRandomValues': 'randomness',
  'crypto.randomBytes': 'randomness',
  'crypto.randomInt': 'randomness',
}
const globals: Record<string, Sense> = {
  setTimeout: 'waiting',
  setInterval: 'waiting',
  setImmediate: 'waiting',
}
const modules: Record<string, Record<string, Sense>> = {
  crypto: {
    randomUUID: 'randomness',
    randomBytes: 'randomness',
    randomInt: 'randomness',
    randomFill: 'randomness',
    randomFillSync: 'randomness',
    getRandomValues: 'randomness',
    webcrypto: 'randomness',
  },
  perf_hooks: { performance: 'time' },
  process: { env: 'environment', default: 'environment', hrtime: 'time' },
  timers: { setTimeout: 'waiting', setInterval: 'waiting', setImmediate: 'waiting' },
  'timers/promises': {
    setTimeout: 'waiting',
    setInterval: 'waiting',
    setImmediate: 'waiting',
    scheduler: 'waiting',
  },
}

const advice: Record<Sense, string> = {
  time: 'takes the time itself; take a Clock or an Instant as an argument.',
  waiting: 'waits in real time; use Clock.sleep.',
  randomness: 'makes randomness itself; take Ids as an argument.',
  environment: 'reads the environment; let lib/open.ts read it and hand it over.',
}

/** Time, ids, randomness and configuration come in as arguments. */
export const clockRule: Rule = {
  name: 'only the listed files look at the clock, the dice, the timers and the environment',
  check: (source) => {
    const [folder = ''] = source.path.replace(/^packages\/[^/]+\/(?=test\/)/, '').split('/')
    const permitted = Object.entries(permits)
      .filter(([name]) => source.path === name || source.path.startsWith(`${name}/`))
      .flatMap(([, { senses }]) => senses)
      .concat(openFolders[folder] ?? [])
    return sensing(source)
      .filter(({ sense }) => !permitted.includes(sense))
      .map(({ sense, node }) => finding(source, node, advice[sense]))
  },
}

/** Names the permits that nothing needs any more. */
export function findIdlePermits(sources: readonly Source[]): string[] {
  const idle: string[] = []
  for (const [name, { senses }] of Object.entries(permits)) {
    const inside = sources.filter(({ path }) => path === name || path.startsWith(`${name}/`))
    const used = inside.flatMap((source) => sensing(source).map(({ sense }) => sense))
    if (!senses.some((sense) => used.includes(sense))) idle.push(name)
  }
  return idle
}

interface Sensing {
  readonly sense: Sense
  readonly node: ts.Node
}

function sensing(source: Source): Sensing[] {
  return [...importedSenses(source), ...writtenSenses(source)]
}

function importedSenses(source: Source): Sensing[] {
  const found: Sensing[] = []
  for (const { target, node, typesOnly } of importsOf(source)) {
    const names = modules[target.replace(/^node:/, '')]
    if (!names || typesOnly || !ts.isImportDeclaration(node)) continue
    const bindings = node.importClause?.namedBindings
    if (!bindings || !ts.isNamedImports(bindings)) {
      // A whole module under one name could do all of it.
      for (const sense of new Set(Object.values(names))) found.push({ sense, node })
      continue
    }
    for (const element of bindings.elements) {
      const sense = names[(element.propertyName ?? element.name).text]
      if (sense) found.push({ sense, node: element })
    }
  }
  return found
}

function writtenSenses(source: Source): Sensing[] {
  const found: Sensing[] = []
  for (const node of nodesOf(source.tree)) {
    const sense = senseOf(node)
    if (sense) found.push({ sense, node })
  }
  return found
}

function senseOf(node: ts.Node): Sense | undefined {
  if (ts.isPropertyAccessExpression(node)) return memberSense(node.expression, node.name.text)
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return memberSense(node.expression, node.argumentExpression.text)
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
    const { initializer } = node
    const taken = node.name.elements.map((it) => (it.propertyName ?? it.name).getText())
    return taken.map((name) => memberSense(initializer, name)).find((sense) => sense)
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') {
    return (node.arguments ?? []).length === 0 ? 'time' : undefined
  }
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined
  const { text } = node.expression
  if (text === 'Date') return 'time'
  return Object.hasOwn(globals, text) ? globals[text] : undefined
}

function memberSense(owner: ts.Expression, name: string): Sense | undefined {
  const ownerName = owner.getText().replace(/^globalThis\./, '')
  if (ownerName === 'globalThis' && name in globals) return globals[name]
  return members[`${ownerName}.${name}`]
}
