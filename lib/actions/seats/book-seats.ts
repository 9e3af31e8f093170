import type { Change } from '../../rules/machine.ts'
import { refuse, type Outcome } from '../../refusals.ts'
import { changeSeats, type Changed, type EventParts } from './change-seats.ts'
import type { Context } from '../context.ts'

export interface BookRequest {
  readonly parts: EventParts
  readonly change: Extract<Change, { kind: 'book-held' }>
  /** Of each area that is named: how many places; else all that the token holds. */
  readonly places?: number | undefined
}

/** Books held objects, all or none; refuses a publishable key where the workspace leaves booking to secret keys. */
export function bookSeats(context: Context, request: BookRequest): Promise<Outcome<Changed>> {
  const { kind, settings } = context.caller
  const mayBook = kind === 'secret' || settings.publishableMayBook
  if (!mayBook) return Promise.resolve(refuse({ code: 'booking-not-allowed' }))
  return changeSeats(context, request)
}
