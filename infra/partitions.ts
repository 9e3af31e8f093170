/** What lies in the table, by what the partition keys start with: the patterns that policies name. `lib/store/table/table.ts` makes the keys. */
export const partitions = {
  seats: 'S#*',
  history: 'L#*',
  holds: 'T#*',
  holders: 'P#*',
  operations: 'O#*',
  recoveries: 'R',
  receipts: 'I#*',
  events: 'E#*',
  eventsById: 'N#*',
  eventDetails: 'X#*',
  eventBatches: 'B',
  charts: 'C#*',
  drawings: 'D#*',
  workspaces: 'W#*',
  workspaceKeys: 'Y#*',
  companies: 'A#*',
  companyLogs: 'J#*',
  ticketBuyers: 'U#*',
  keys: 'K#*',
  webhooks: 'H#*',
  webhookIndex: 'WH',
  deliveries: 'V#*',
} as const satisfies Record<string, `${string}#*` | 'R' | 'B' | 'WH'>

/** A kind of partition. */
export type PartitionName = keyof typeof partitions
