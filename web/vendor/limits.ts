import type { SelectionLimiter } from '@seatsio/seatsio-types'

/** Places of one category and ticket type. */
export interface Line {
  readonly category: { readonly key: string; readonly label: string } | undefined
  readonly ticketType: string | undefined
  readonly quantity: number
}

type Limits = SelectionLimiter | undefined

/** The most places in all; Infinity where there is no such limit. */
export function totalLimit(limits: Limits): number {
  if (typeof limits === 'number') return limits
  const totals = listOf(limits).flatMap((each) => ('total' in each ? [each.total] : []))
  return Math.min(Infinity, ...totals)
}

/** Whether there are limits beyond one for all places together. */
export function hasFineLimits(limits: Limits): boolean {
  return listOf(limits).some((each) => !('total' in each))
}

/** Whether as many may be chosen as these lines say. */
export function areWithin(limits: Limits, lines: readonly Line[]): boolean {
  if (placesOf(lines) > totalLimit(limits)) return false
  return listOf(limits).every((limit) => {
    if ('total' in limit) return true
    const here =
      'category' in limit ? lines.filter((line) => isOf(line, String(limit.category))) : lines
    if ('ticketTypes' in limit) {
      return limit.ticketTypes.every((type) => isTypeWithin(type, here))
    }
    return 'ticketType' in limit ? isTypeWithin(limit, here) : placesOf(here) <= limit.quantity
  })
}

function isTypeWithin(
  { ticketType, quantity }: { readonly ticketType: string; readonly quantity: number },
  lines: readonly Line[],
): boolean {
  return placesOf(lines.filter((line) => line.ticketType === ticketType)) <= quantity
}

function isOf({ category }: Line, name: string): boolean {
  return category !== undefined && (category.key === name || category.label === name)
}

function placesOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0)
}

function listOf(limits: Limits): Exclude<SelectionLimiter, number> {
  return Array.isArray(limits) ? limits : []
}
