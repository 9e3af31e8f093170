import type { SecretRoot } from '../lib/secrets.ts'
import type { PartitionName } from '../lib/store/table/partitions.ts'

// What each role may do. A role is shared by the functions of one access class; which class a function is of is told in
// `needs.ts`. The tests hold every call that they make against the policies that are made of these grants, as IAM would.

/** Roles, by what their functions are for. */
export type AccessClass =
  | 'answer'
  | 'read'
  | 'read-seats'
  | 'read-snapshots'
  | 'change-seats'
  | 'choose-seats'
  | 'administer'
  | 'manage-company'
  | 'read-keys'
  | 'manage-keys'
  | 'manage-webhooks'
  | 'manage-webhook-secrets'
  | 'relay'
  | 'expire'
  | 'deliver'
  | 'reconcile'
  | 'watch'
  | 'recover'

/** Actions of DynamoDB on items. Transactions have none of their own: each of their items is asked for. Statements are asked for by what they do. */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem'
  | 'BatchWriteItem'
  | 'PartiQLInsert'
  | 'PartiQLUpdate'

/** Some actions on the items of some partitions, and of no others. */
export interface TableGrant {
  readonly actions: readonly TableAction[]
  readonly partitions: readonly PartitionName[]
}

/** Actions on the bus. */
export type BusAction =
  | 'PutEvents'
  | 'PutRule'
  | 'PutTargets'
  | 'RemoveTargets'
  | 'DeleteRule'
  | 'ListRules'
  | 'ListTargetsByRule'

/** Queues that our code sends to. What calls a worker gives it what it needs to receive. */
export type SentQueue = 'timers' | 'deliveries' | 'deadLetters' | 'failures'

/** Everything that one role may do, its own logs aside. */
export interface Grants {
  readonly table: readonly TableGrant[]
  readonly bus?: readonly BusAction[]
  readonly sends?: readonly SentQueue[]
  /** Queues of which its worker takes more messages than it was handed: what calls it lets it do so. */
  readonly receives?: readonly SentQueue[]
  /** Reads what it derives keys from, or what it signs with. */
  readonly secret?: SecretRoot
}

/** Who is calling? */
const authenticate: TableGrant = {
  actions: ['GetItem'],
  partitions: ['keys', 'workspaces', 'workspaceKeys', 'companies'],
}

/** Whoever meets the lock of a large commit ends it: its header, its entries, its rows; what is much of it in batches of statements. */
const heal: readonly TableGrant[] = [
  { actions: ['GetItem', 'BatchGetItem', 'UpdateItem'], partitions: ['operations'] },
  { actions: ['BatchGetItem', 'UpdateItem'], partitions: ['seats', 'holds'] },
  { actions: ['PutItem'], partitions: ['seats', 'holds', 'holders', 'history', 'recoveries'] },
  { actions: ['PartiQLInsert'], partitions: ['seats', 'holds', 'holders', 'history'] },
  { actions: ['PartiQLUpdate'], partitions: ['seats'] },
]

/** What a request with an idempotency key answered. */
const receipts: TableGrant = {
  actions: ['GetItem', 'BatchGetItem', 'PutItem'],
  partitions: ['receipts'],
}

/** Events, their seasons and charts, as every request about seats reads them; whether an event is, the operation that creates it may have to tell. */
const heads: TableGrant = {
  actions: ['GetItem', 'BatchGetItem'],
  partitions: ['events', 'eventsById', 'charts', 'operations', 'revisions'],
}

/** Events that are created, however many at once, and ended by whoever meets them; and what the company's log tells of them. */
const createdRows: readonly TableGrant[] = [
  { actions: ['PutItem', 'PartiQLInsert'], partitions: ['companyLogs'] },
  {
    actions: ['BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
    partitions: ['events', 'eventsById', 'eventDetails', 'workspaces', 'charts'],
  },
  { actions: ['ConditionCheckItem', 'PutItem'], partitions: ['operations'] },
]

/** Everything that is read without a look at rows: nothing of it is ever mended by a reader. */
const reads: readonly TableGrant[] = [
  authenticate,
  heads,
  {
    actions: ['GetItem', 'BatchGetItem'],
    partitions: ['eventDetails', 'drawings', 'webhooks', 'deliveries', 'workspaces'],
  },
  {
    actions: ['Query'],
    partitions: [
      'workspaces',
      'charts',
      'webhooks',
      'deliveries',
      'companies',
      'companyLogs',
      'ticketBuyers',
      'usage',
    ],
  },
]

/** Objects that are held, booked and let go. */
const seatChanges: readonly TableGrant[] = [
  authenticate,
  heads,
  receipts,
  { actions: ['GetItem'], partitions: ['holds'] },
  { actions: ['BatchGetItem'], partitions: ['eventDetails'] },
  { actions: ['Query'], partitions: ['holds', 'holders'] },
  { actions: ['PutItem'], partitions: ['operations'] },
  { actions: ['UpdateItem'], partitions: ['admissions'] },
  // Changes that publishable keys ask for are counted where the stage limits them.
  { actions: ['GetItem', 'UpdateItem'], partitions: ['requests'] },
  // Whoever takes a table relies on the rows of its seats, and the other way round.
  { actions: ['ConditionCheckItem'], partitions: ['seats'] },
  ...heal,
]

/** A company, its workspaces and their keys. */
const company: readonly TableGrant[] = [
  authenticate,
  receipts,
  { actions: ['PutItem'], partitions: ['companies', 'workspaces', 'workspaceKeys', 'keys'] },
  { actions: ['UpdateItem', 'ConditionCheckItem'], partitions: ['companies', 'workspaces'] },
  { actions: ['DeleteItem'], partitions: ['companies', 'workspaces', 'workspaceKeys', 'keys'] },
  { actions: ['BatchGetItem'], partitions: ['workspaces'] },
  { actions: ['Query'], partitions: ['companies'] },
]

/** Endpoints of webhooks with their rules, and their deliveries. */
const webhooks: Grants = {
  table: [
    authenticate,
    receipts,
    {
      actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      partitions: ['webhooks'],
    },
    { actions: ['PutItem', 'DeleteItem'], partitions: ['webhookIndex'] },
    {
      actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
      partitions: ['deliveries'],
    },
  ],
  bus: ['PutRule', 'PutTargets', 'RemoveTargets', 'DeleteRule'],
  sends: ['deliveries'],
}

/** Everything that is told of objects. */
const seatReads: readonly TableGrant[] = [
  ...reads,
  { actions: ['GetItem'], partitions: ['holds'] },
  { actions: ['Query'], partitions: ['seats', 'history'] },
  ...heal,
]

/** What those who poll an event keep of it for each other. */
const polled: TableGrant = {
  actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
  partitions: ['snapshots'],
}

/** The grants of every role. */
export const grants: Readonly<Record<AccessClass, Grants>> = {
  answer: { table: [] },
  read: { table: reads },
  // Whoever reads rows may meet the lock of a large commit, and ends it.
  'read-seats': { table: seatReads },
  // Of all who poll an event one reads it, and keeps what it found for the others.
  'read-snapshots': {
    table: [...seatReads, polled],
  },
  'change-seats': { table: seatChanges },
  // Whoever looks for the best seats looks at all of them, as whoever polls, and once more where nothing is found.
  'choose-seats': {
    table: [...seatChanges, polled, { actions: ['Query'], partitions: ['seats'] }],
  },
  administer: {
    table: [
      authenticate,
      heads,
      receipts,
      {
        actions: ['BatchGetItem', 'PutItem', 'DeleteItem'],
        partitions: ['drawings', 'eventDetails', 'ticketBuyers'],
      },
      { actions: ['PutItem', 'PartiQLInsert'], partitions: ['companyLogs'] },
      { actions: ['UpdateItem'], partitions: ['companies', 'revisions'] },
      { actions: ['Query'], partitions: ['seats', 'workspaces', 'charts'] },
      ...createdRows,
      ...heal,
    ],
  },
  'manage-company': { table: company },
  'read-keys': {
    table: [
      authenticate,
      { actions: ['BatchGetItem'], partitions: ['workspaces'] },
      { actions: ['Query'], partitions: ['companies'] },
    ],
    secret: 'keys',
  },
  'manage-keys': { table: company, secret: 'keys' },
  'manage-webhooks': webhooks,
  'manage-webhook-secrets': { ...webhooks, secret: 'webhooks' },
  relay: {
    table: [
      {
        actions: ['BatchGetItem'],
        partitions: ['events', 'eventsById', 'eventDetails', 'charts', 'workspaces', 'operations'],
      },
      { actions: ['GetItem', 'BatchGetItem', 'Query'], partitions: ['history'] },
      { actions: ['UpdateItem'], partitions: ['snapshots'] },
    ],
    bus: ['PutEvents'],
    sends: ['timers', 'failures'],
  },
  expire: {
    table: [
      { actions: ['Query'], partitions: ['holds'] },
      { actions: ['PutItem'], partitions: ['operations'] },
      ...heal,
    ],
    sends: ['timers'],
  },
  deliver: {
    table: [
      // A receiver that is gone has its endpoint disabled.
      { actions: ['GetItem', 'PutItem'], partitions: ['webhooks'] },
      // Where endpoints of an earlier version are until they are moved.
      { actions: ['GetItem'], partitions: ['workspaces'] },
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: ['deliveries'] },
    ],
    bus: ['PutRule', 'PutTargets'],
    sends: ['deliveries', 'deadLetters'],
    receives: ['deliveries'],
    secret: 'webhooks',
  },
  reconcile: {
    table: [
      { actions: ['Query'], partitions: ['webhookIndex'] },
      { actions: ['BatchGetItem', 'GetItem'], partitions: ['webhooks', 'workspaces'] },
    ],
    bus: ['ListRules', 'ListTargetsByRule', 'PutRule', 'PutTargets', 'RemoveTargets', 'DeleteRule'],
  },
  watch: {
    table: [
      ...heal,
      { actions: ['GetItem'], partitions: ['workspaces', 'charts'] },
      { actions: ['PutItem'], partitions: ['usage'] },
      {
        actions: ['Query', 'BatchWriteItem'],
        partitions: ['seats', 'history', 'eventDetails', 'snapshots', 'drawings'],
      },
      { actions: ['Query', 'DeleteItem'], partitions: ['charts'] },
    ],
  },
  recover: {
    table: [
      ...heal,
      ...createdRows,
      { actions: ['Query', 'DeleteItem'], partitions: ['recoveries'] },
      { actions: ['GetItem', 'BatchGetItem'], partitions: ['events', 'charts', 'workspaces'] },
    ],
  },
}
