import type { Look } from '../picture/picture.ts'
import type { Scene, SceneObject } from '../scene/scene.ts'
import type { Word } from './words/messages.ts'
import type { Words } from './words/words.ts'

/** What a thing of that kind is called by that label; "Section A" is not called "Section Section A". */
export function called(words: Words, kind: Word, label: string): string {
  const said = words.say(kind, { label: '' }).replace(/[\u2068\u2069\s]/g, '')
  const isSaid = said !== '' && label.toLowerCase().startsWith(said.toLowerCase())
  return isSaid ? label : words.say(kind, { label })
}

/** What an object is called, from the section down to the seat. */
export function nameOf(words: Words, scene: Scene, object: SceneObject): string {
  const section = object.section === undefined ? undefined : scene.sections[object.section]
  return [
    section && called(words, 'section', section.display),
    object.parent && called(words, object.parent.type, object.parent.label),
    called(words, object.kind, object.own),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ')
}

type SeatTraits = NonNullable<SceneObject['traits']>

const traitWords: Readonly<Record<keyof SeatTraits, Word>> = {
  isAccessible: 'accessible',
  isCompanionSeat: 'companion',
  hasRestrictedView: 'restrictedView',
  hasLiftUpArmrests: 'liftUpArmrests',
  isHearingImpaired: 'hearing',
  isSemiAmbulatorySeat: 'semiAmbulatory',
  hasSignLanguageInterpretation: 'signLanguage',
  isPlusSize: 'plusSize',
}

/** What buyers should know of a seat before they take it. */
export function traitsOf(words: Words, { traits }: SceneObject): string[] {
  if (traits === undefined) return []
  const names = Object.keys(traitWords) as (keyof SeatTraits)[]
  return names.filter((name) => traits[name]).map((name) => words.say(traitWords[name]))
}

const stateWords: Readonly<Record<Look['state'], Word>> = {
  free: 'free',
  mine: 'mine',
  busy: 'busy',
  taken: 'taken',
  off: 'off',
  dimmed: 'dimmed',
  hidden: 'off',
  unsold: 'off',
}

/** How it is for this buyer. */
export function stateWord(words: Words, state: Look['state']): string {
  return words.say(stateWords[state])
}

const reasonWords: Readonly<Record<string, Word>> = {
  held: 'whyHeld',
  booked: 'whyBooked',
  not_for_sale: 'whyNotForSale',
  not_found: 'whyNotForSale',
  gone: 'whyNotForSale',
  not_enough_places: 'whyNotEnough',
  offline: 'whyOffline',
  best_not_found: 'whyNoBest',
  key_invalid: 'whyOffline',
  event_not_found: 'whyNotForSale',
  ticket_type_unknown: 'whyNoTicket',
}

/** A reason of the API in words of this language. */
export function reasonWord(words: Words, reason: string): string {
  return words.say(reasonWords[reason] ?? 'whyOther')
}
