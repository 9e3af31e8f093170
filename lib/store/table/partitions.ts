/**
 * What lies in the table: what the partition key of each kind starts with, or all of it where there is one such partition.
 * `table.ts` makes the keys; policies and the filters of the stream name them by this (`infra/`).
 */
export const partitionStarts = {
  seats: 'S#',
  history: 'L#',
  /** Hold tokens, with their hold entries. */
  holds: 'T#',
  /** Whoever holds with one publishable key from one address. */
  holders: 'P#',
  /** How many objects came to be held under an admission. */
  admissions: 'M#',
  /** Large commits. */
  operations: 'O#',
  /** Large commits that are to be looked after. */
  recoveries: 'R',
  /** What requests with an idempotency key answered. */
  receipts: 'I#',
  events: 'E#',
  eventsById: 'N#',
  eventDetails: 'X#',
  /** What of an event is told to whoever polls it. */
  snapshots: 'Q#',
  charts: 'C#',
  drawings: 'D#',
  /** How often heads of a chart and of the events on it were changed, in copies; never removed. */
  revisions: 'Z#',
  workspaces: 'W#',
  /** Workspaces by their public keys. */
  workspaceKeys: 'Y#',
  companies: 'A#',
  companyLogs: 'J#',
  ticketBuyers: 'U#',
  /** What deleted events used. */
  usage: 'G#',
  keys: 'K#',
  /** How many requests a publishable key made lately, in all and from one address. */
  requests: 'F#',
  webhooks: 'H#',
  webhookIndex: 'WH',
  /** Deliveries of an endpoint, and how it is doing. */
  deliveries: 'V#',
} as const

/** A kind of partition. */
export type PartitionName = keyof typeof partitionStarts
