/** Every kind of notice that the bus carries. */
export const noticeTypes = [
  'seat.held',
  'seat.booked',
  'seat.released',
  'seat.hold_expired',
  'seat.status_changed',
  'seat.updated',
] as const

export type NoticeType = (typeof noticeTypes)[number]

/** The kinds that webhook endpoints may subscribe to; the others are for rules of one's own on the bus. */
export const webhookTypes = [
  'seat.held',
  'seat.booked',
  'seat.released',
  'seat.hold_expired',
] as const satisfies readonly NoticeType[]

export type WebhookType = (typeof webhookTypes)[number]

/** Where seats are sold for money, or only tried out. */
export type Environment = 'production' | 'sandbox'

/** What a notice says of a season, as it is when it is told. */
export interface SeasonTold {
  /** Of a change of an event: the season that it is in. */
  readonly seasonKey?: string
  /** Of a change of a season, or of a partial one: its events that are not past, in order of creation. It is told once for all of them. */
  readonly events?: readonly { readonly eventKey: string }[]
}

/** What subscribers are told of one change of one object: the detail of an event on the bus, and the body of a webhook. */
export interface Notice {
  /** `<eventId>:<label>:<version>`, and of areas `<eventId>:<label>/<block>:<version>`: the same however often it is delivered. */
  readonly id: string
  readonly type: NoticeType
  /** When the change was made, in ISO 8601. */
  readonly occurredAt: string
  readonly workspaceId: string
  readonly environment: Environment
  readonly chart: { readonly chartKey: string; readonly name: string }
  readonly event: { readonly eventKey: string; readonly name?: string }
  /** Of an event in a season, and of seasons themselves. */
  readonly season?: SeasonTold
  readonly objectLabel: string
  readonly status: string
  readonly previousStatus: string
  /** Of the object, or of the block: rises with each change, so that whoever keeps the highest knows the latest. */
  readonly version: number
  /** Of an area: which of the blocks its places lie in, and how many places changed. */
  readonly block?: number
  readonly quantity?: number
  /** Of the hold, or of the one that ended. */
  readonly holdToken?: string
  /** Where the object is held now: until when, in ISO 8601. */
  readonly heldUntil?: string
  readonly orderId?: string
  readonly ticketType?: string
  readonly extraData?: Readonly<Record<string, unknown>>
  /** Extra data with texts that bus and queues would not carry, as JSON text; what is sent to receivers has `extraData` instead. */
  readonly extraDataText?: string
  /** Set where the extra data were left out because the bus could not carry them. */
  readonly extraDataOmitted?: true
  /** The operation that made the change; one operation may change many objects. */
  readonly operationId: string
  /** Set on the notice that tries out a webhook endpoint: no seat has changed. */
  readonly test?: true
}
