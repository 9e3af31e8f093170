import type { SeatTraits } from './chart.ts'
import type { Drawn, TraitField } from './drawing.ts'

/** One row a trait: its name in answers, its usual field in drawings. Drawings may use either. */
const traitFields = [
  ['isAccessible', 'accessible'],
  ['isCompanionSeat', 'companionSeat'],
  ['hasRestrictedView', 'restrictedView'],
  ['hasLiftUpArmrests', 'liftUpArmrests'],
  ['isHearingImpaired', 'hearingImpaired'],
  ['isSemiAmbulatorySeat', 'semiAmbulatorySeat'],
  ['hasSignLanguageInterpretation', 'signLanguageInterpretation'],
  ['isPlusSize', 'plusSize'],
] as const satisfies readonly (readonly [keyof SeatTraits & TraitField, TraitField])[]

/** Every combination once, so that a chart's seats share them: the index has a bit for each row above. */
const combinations: readonly SeatTraits[] = Array.from(
  { length: 2 ** traitFields.length },
  (_, bits) => {
    const has = (trait: keyof SeatTraits) =>
      (bits & (1 << traitFields.findIndex(([name]) => name === trait))) !== 0
    return Object.freeze({
      isAccessible: has('isAccessible'),
      isCompanionSeat: has('isCompanionSeat'),
      hasRestrictedView: has('hasRestrictedView'),
      hasLiftUpArmrests: has('hasLiftUpArmrests'),
      isHearingImpaired: has('isHearingImpaired'),
      isSemiAmbulatorySeat: has('isSemiAmbulatorySeat'),
      hasSignLanguageInterpretation: has('hasSignLanguageInterpretation'),
      isPlusSize: has('isPlusSize'),
    })
  },
)

const plain = traitsOfBits(0)

/** The traits of a drawn seat; only the literal `true` sets one. */
export function readTraits(seat: Drawn): SeatTraits {
  let bits = 0
  for (const [index, [name, field]] of traitFields.entries())
    if (seat[field] === true || seat[name] === true) bits |= 1 << index
  return bits === 0 ? plain : traitsOfBits(bits)
}

/** Traits as a number that `traitsOfBits` turns back. */
export function bitsOfTraits(traits: SeatTraits): number {
  return traitFields.reduce((bits, [name], index) => bits | (traits[name] ? 1 << index : 0), 0)
}

/** The traits of such a number; refuses what is not one. */
export function traitsOfBits(bits: number): SeatTraits {
  const traits = combinations[bits]
  if (!traits) throw new RangeError(`Not seat traits: ${bits}`)
  return traits
}
