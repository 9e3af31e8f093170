import Big from 'big.js'

/** Significant digits a number may have. */
export const digitsMax = 38
/** Largest and smallest exponent of the leading digit. */
export const exponentMax = 125
export const exponentMin = -130

/** Why a text is not a number DynamoDB can store, or undefined. */
export function numberFault(text: string): string | undefined {
  const parsed = parseNumber(text)
  if (parsed === undefined) {
    return text === ''
      ? 'The parameter cannot be converted to a numeric value'
      : `The parameter cannot be converted to a numeric value: ${text}`
  }
  if (parsed.e > exponentMax) return overflow
  if (parsed.e < exponentMin) {
    return 'Number underflow. Attempting to store a number with magnitude smaller than supported range'
  }
  if (parsed.c.length > digitsMax) {
    return 'Attempting to store more than 38 significant digits in a Number'
  }
  return undefined
}

export const overflow =
  'Number overflow. Attempting to store a number with magnitude larger than supported range'

/** The one way to write a number: no exponent, no superfluous zeros, no minus zero. */
export function canonicalNumber(text: string): string {
  const fixed = new Big(text).toFixed()
  return fixed === '-0' ? '0' : fixed
}

/** Adds two stored numbers, exactly. */
export function addNumbers(left: string, right: string): string {
  return canonicalNumber(new Big(left).plus(right).toFixed())
}

/** Subtracts the second stored number from the first, exactly. */
export function subtractNumbers(left: string, right: string): string {
  return canonicalNumber(new Big(left).minus(right).toFixed())
}

/** Orders two stored numbers. */
export function compareNumbers(left: string, right: string): number {
  return new Big(left).cmp(right)
}

/** Bytes a number takes: one for every two digits, and one. */
export function numberSize(text: string): number {
  const { c: digits, s: sign, e: exponent } = new Big(text)
  if (digits.length === 1 && digits[0] === 0) return 1
  const odd = digits.length % 2 !== 0 || exponent % 2 !== 0
  return 1 + Math.ceil(digits.length / 2) + (odd ? 0 : 1) + (sign === -1 ? 1 : 0)
}

function parseNumber(text: string): Big | undefined {
  try {
    return new Big(text)
  } catch {
    return undefined
  }
}
