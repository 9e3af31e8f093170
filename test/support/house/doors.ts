import { fileImports, finding, importsOf } from './source.ts'
import type { Import, Rule } from './source.ts'

interface Door {
  /** Folders and files that may be imported, types and all. */
  readonly may: readonly string[]
  /** Folders and files of which only types may be imported: they are named there and handed over at run time. */
  readonly types?: readonly string[]
}

/** What others make and this product checks. */
const admission = 'holdfast/admission'

/** Time, ids, faults, what is counted and what is kept: what every room with an outside world may use. */
const basics = [
  'lib/clock.ts',
  'lib/ids.ts',
  'lib/faults.ts',
  'lib/tally.ts',
  'lib/patience.ts',
  'lib/metrics.ts',
  'lib/made-once.ts',
  'lib/weighed-cache.ts',
  'lib/in-rounds.ts',
  'lib/content-tag.ts',
  'lib/network.ts',
  'lib/request-limits.ts',
]

/** A table and a time that cost next to nothing, for crowds of the bench. */
const simulated = ['test/support/memory-table.ts', 'test/proofs/simulation/scheduler.ts']

/** The embedded services, each a package that is entered by its name alone. */
const embedded = ['dynamodb', 'embedded', 'eventbridge', 'leveldb', 'sqs'].map(
  (name) => `@holdfast/${name}`,
)

/** All packages of this repository. */
const packages = [admission, ...embedded]

/** Numbers that the contract, AWS or we ourselves set: whoever needs one may read it. */
const limits = 'lib/limits'

/** What has no room of its own to be kept in: whoever needs it may import it. */
const everybodys = [limits, 'lib/defined.ts', 'lib/chunks.ts']

/** What is sold and on file, as types and pure functions. */
const nouns = [
  'lib/rules',
  'lib/venue',
  'lib/records',
  'lib/refusals',
  'lib/refusals.ts',
  'lib/plain-text.ts',
]

/** What the store does for whoever decides; how it does that, and the keys of its table, stay its own. */
const stored = ['charts', 'companies', 'events', 'seats', 'snapshots', 'webhooks']
  .concat('commit/commit.ts', 'table/receipts.ts', 'table/serials.ts', 'table/ping.ts')
  .map((name) => `lib/store/${name}`)

/** Where webhooks may go, and what they are signed with. */
const delivering = ['lib/webhooks', 'lib/secrets.ts']

/** Who a key belongs to, what was kept of a request, and the end of the large commit that it began. */
const keptOfRequests = [
  'lib/store/companies/callers.ts',
  'lib/store/companies/request-counts.ts',
  'lib/store/table/receipts.ts',
  'lib/store/commit/recover.ts',
]

/** Each surface of the API, a folder under `functions/` and under `lib/`. */
export const surfaces = ['seatbuilder', 'seatsio']

/**
 * Who may import whom; a room may always import itself. The longest matching name decides. `<surface>` stands for the surface
 * that the importing file belongs to.
 */
export const doors: Record<string, Door> = {
  'functions/<surface>': {
    may: ['lib/<surface>', 'lib/actions', 'lib/http', 'lib/clock.ts', 'lib/open-bus.ts'],
    // Request words become a Change here; what may follow from it is decided elsewhere.
    types: nouns,
  },
  'functions/workers': {
    may: [
      'lib/open.ts',
      'lib/open-bus.ts',
      'lib/afterwards',
      'lib/actions',
      'lib/webhooks',
      'lib/store',
      'lib/faults.ts',
    ],
    types: ['lib/bus'],
  },
  'lib/<surface>': {
    // Where a webhook may go is told with all other faults of a request.
    may: [...nouns, 'lib/http', 'lib/webhooks/address.ts', ...basics],
    types: ['lib/openapi'],
  },
  'lib/http': {
    may: ['lib/open.ts', admission, ...keptOfRequests, ...basics],
    // An endpoint's `run` gets the context and may return refusals, which each surface puts in its own words.
    types: ['lib/actions/context.ts', 'lib/refusals.ts', 'lib/bus'],
  },
  // What documents the endpoints; no function needs it.
  'lib/openapi': { may: ['lib/http', 'lib/refusals', admission, ...basics], types: nouns },
  'lib/webhooks': {
    may: [...nouns, ...stored, 'lib/secrets.ts', ...basics],
    types: ['lib/store', 'lib/bus'],
  },
  'lib/actions': {
    may: [...nouns, ...stored, ...delivering, admission, ...basics],
    types: ['lib/store', 'lib/bus'],
  },
  // What follows from a change.
  'lib/afterwards': {
    // It ends what others have begun, and so knows the steps of a commit.
    may: [...nouns, ...stored, 'lib/store/commit', 'lib/actions', ...delivering, ...basics],
    types: ['lib/store', 'lib/bus'],
  },
  // EventBridge and the queues: everything that is told, and every message to ourselves.
  'lib/bus': { may: [...nouns, ...basics] },
  'lib/open-bus.ts': { may: ['lib/bus', ...basics] },
  'lib/store': { may: [...nouns, ...basics] },
  [limits]: { may: [] },
  // Instants are plain numbers; their arithmetic knows no clock.
  'lib/rules': {
    may: ['lib/venue', 'lib/refusals.ts', 'lib/plain-text.ts'],
    types: ['lib/records', 'lib/clock.ts'],
  },
  'lib/venue': {
    may: ['lib/refusals.ts', 'lib/plain-text.ts'],
    types: ['lib/records', 'lib/clock.ts'],
  },
  'lib/records': { may: ['lib/venue', 'lib/refusals.ts'], types: ['lib/rules', 'lib/clock.ts'] },
  'lib/refusals.ts': { may: [], types: ['lib/refusals'] },
  // What each says, whoever tells it.
  'lib/refusals': { may: [], types: ['lib/refusals.ts', 'lib/rules', 'lib/venue'] },
  'lib/open.ts': {
    may: ['lib/store', 'lib/webhooks', 'lib/secrets.ts', ...basics],
    types: ['lib/actions/context.ts', 'lib/http/key-cache.ts', 'lib/bus'],
  },
  lib: { may: basics },
  // Bundles and deploys what the catalog lists, and writes the documents made from it.
  infra: {
    may: [
      'local/options.ts',
      'lib/network.ts',
      'lib/request-limits.ts',
      'lib/http',
      'lib/openapi',
      'lib/store/table/partitions.ts',
      'lib/store/table/table.ts',
      'lib/store/table/table-definition.ts',
      'lib/bus/rules.ts',
      'lib/webhooks/policy.ts',
      'lib/open-bus.ts',
      'lib/fetch-secret.ts',
      'lib/secrets.ts',
      'lib/metrics.ts',
      ...surfaces.map((surface) => `lib/${surface}`),
    ],
  },
  // What a function does while it starts.
  'lib/initialize.ts': {
    may: ['lib/open.ts', 'lib/secrets.ts', 'lib/store/table/ping.ts', ...basics],
  },
  local: {
    may: [
      'lib/secrets.ts',
      // The seat map is built the same way for this machine and for a distribution.
      'infra/web-files.ts',
      admission,
      ...embedded,
      'lib/http',
      'lib/open.ts',
      'lib/open-bus.ts',
      'lib/bus',
      'lib/webhooks',
      'lib/actions',
      'lib/store',
      // What the examples name is what the demo has.
      'lib/seatbuilder/story.ts',
      'lib/seatbuilder/webhook-story.ts',
      'lib/seatsio/story.ts',
      'lib/seatsio/charts/chart-story.ts',
      ...basics,
    ],
    types: nouns,
  },
  // What a person types.
  commands: {
    may: ['local', 'lib', 'infra', ...embedded],
  },
  // What runs in a browser uses the API alone; of the product it has the reading of drawings, which is pure.
  'web/scene': { may: ['lib/venue', 'lib/limits'] },
  'web/picture': { may: ['web/scene'] },
  'web/sale': { may: [] },
  'web/element': { may: ['web/scene', 'web/picture', 'web/sale'] },
  'web/vendor': { may: ['web/scene', 'web/sale', 'web/element'] },
  'web/seat-map.ts': { may: ['web/element'], types: ['web/scene', 'web/sale'] },
  // Pages to be copied, which hold no more than the public interface of the element.
  'web/shop': { may: [], types: ['web/seat-map.ts'] },
  'web/office': { may: [] },
  'web/chart.ts': { may: ['web/vendor', 'web/element'] },
  // What others use as well, to let buyers into a sale.
  'packages/admission': { may: [] },
  // What stands for AWS knows nothing of seats.
  'packages/dynamodb': { may: ['@holdfast/embedded'] },
  'packages/embedded': { may: [] },
  'packages/eventbridge': { may: ['@holdfast/embedded', '@holdfast/sqs'] },
  'packages/leveldb': { may: [] },
  'packages/sqs': { may: ['@holdfast/embedded'] },
  test: {
    may: ['functions', 'lib', 'infra', 'local', 'commands', 'test', 'bench', 'web', ...packages],
  },
  bench: { may: ['functions', 'lib', 'infra', 'local', ...embedded, ...simulated] },
  'vitest.config.ts': { may: ['test/support/longest-first.ts'] },
  'vitest.proofs.config.ts': { may: ['vitest.config.ts'] },
}

/** Imports between our own files. */
export const doorsRule: Rule = {
  name: 'a file imports only through the doors of its room',
  check: (source) =>
    fileImports(source)
      .filter((it) => !isOpen(source.path, it))
      .map((it) => {
        const kind = it.typesOnly ? 'types of' : 'values of'
        return finding(
          source,
          it.node,
          `may not import ${kind} ${it.target}: see the table of doors.`,
        )
      }),
}

/** A change for one API must never reach the other by accident. */
export const surfacesRule: Rule = {
  name: 'surfaces never import each other',
  check: (source) => {
    const own = surfaceOf(source.path)
    if (own === undefined) return []
    return fileImports(source)
      .filter(({ target }) => ![undefined, own].includes(surfaceOf(target)))
      .map(({ node, target }) =>
        finding(source, node, `imports ${target}; move what both need to lib/http or lib/actions.`),
      )
  },
}

/** Whatever the machine offers, the rule book neither knows nor needs. */
export const packagelessRule: Rule = {
  name: 'rules, venue and records use no package and no module of Node',
  check: (source) => {
    if (!isPure(source.path)) return []
    return importsOf(source)
      .filter(({ isFile }) => !isFile)
      .map(({ node, target }) =>
        finding(source, node, `imports ${target}; take it as an argument.`),
      )
  },
}

function surfaceOf(path: string): string | undefined {
  const [, folder = ''] = /^(?:functions|lib)\/([^/]+)\//.exec(path) ?? []
  return surfaces.includes(folder) ? folder : undefined
}

function isOpen(from: string, { target, typesOnly }: Import): boolean {
  const surface = surfaceOf(from)
  const general = (path: string) =>
    surface === undefined ? path : path.replace(`/${surface}/`, '/<surface>/')
  const room = roomOf(general(from))
  if (room === undefined) return false
  const wanted = general(target)
  if (everybodys.some((name) => within(wanted, name))) return true
  if (roomOf(wanted) === room) return room !== 'functions/<surface>' && room !== 'functions/workers'
  const { may, types = [] } = doors[room] ?? { may: [] }
  const allowed = typesOnly ? [...may, ...types] : may
  return allowed.some((name) => within(wanted, name))
}

function roomOf(path: string): string | undefined {
  const rooms = Object.keys(doors).filter((room) => within(path, room))
  return rooms.sort((a, b) => b.length - a.length)[0]
}

function within(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}/`)
}

/** Rooms of pure functions. */
export function isPure(path: string): boolean {
  return ['lib/rules', 'lib/venue', 'lib/records'].some((room) => within(path, room))
}
