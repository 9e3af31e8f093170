import type { Instant } from '../../clock.ts'

// Numbers in keys, which are sorted as text.

/** Characters of a ULID that tell the time. */
export const TIME_LENGTH = 10

/** A time as text that sorts as the number does. */
export const sortable = (time: Instant) => String(time).padStart(15, '0')

/** Digits of a serial number as text: it stays below 2^53. */
export const SERIAL_DIGITS = 16

/** A serial number as text that sorts as the number does. */
export const sortableSerial = (serial: number) => String(serial).padStart(SERIAL_DIGITS, '0')
