// How much is told at which size: sections from afar, single seats close up.

export interface Level {
  /** How large a usual seat is, in CSS pixels. */
  readonly seatPixels: number
  /** Nothing where sections stand for them, dots that cannot be told apart, or discs. */
  readonly seats: 'none' | 'marks' | 'discs'
  readonly hasNumbers: boolean
  /** Names and notes of sections; on a plate where seats are drawn below them. */
  readonly sectionNames: 'none' | 'on plates' | 'inside'
  /** Whether seats can be told apart and picked. */
  readonly isClose: boolean
}

/** Below this many pixels seats are noise, and a section says more by its name and what is left. */
export const SEAT_PIXELS_SEEN = 4
/** From here on a person tells seats apart and hits the one that was meant. */
export const SEAT_PIXELS_CLOSE = 7
/** From here on a finger does too, with its neighbours not much further than the seat is wide. */
export const SEAT_PIXELS_FINGERS = 13
/** From here on a number of two digits is readable. */
export const SEAT_PIXELS_NUMBERED = 15

/** What is drawn when a usual seat has this many CSS pixels. */
export function levelAt(seatPixels: number, hasSections: boolean): Level {
  const isClose = seatPixels >= SEAT_PIXELS_CLOSE
  const isSeen = seatPixels >= SEAT_PIXELS_SEEN || !hasSections
  return {
    seatPixels,
    seats: isClose ? 'discs' : isSeen ? 'marks' : 'none',
    hasNumbers: seatPixels >= SEAT_PIXELS_NUMBERED,
    sectionNames: isClose || !hasSections ? 'none' : isSeen ? 'on plates' : 'inside',
    isClose,
  }
}
