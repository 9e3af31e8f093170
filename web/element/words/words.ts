// What people read and hear. Every language has every message; a page may set its own.

import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { he } from './he.ts'
import { it } from './it.ts'
import type { Message, Messages, Word } from './messages.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'

/** Messages that a page sets in place of ours. */
export type OwnMessages = { readonly [Name in Word]?: Message }

/** One language, ready to be spoken. */
export interface Words {
  /** A message with its values filled in; of several forms the one for `n`. */
  readonly say: (word: Word, values?: Values) => string
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly count: (number: number) => string
}

/** What a message is filled with; `n` is a number of things. */
export type Values = Readonly<Record<string, string | number>>

const languages: Readonly<Record<string, Messages>> = { ar, de, en, es, fr, he, it, nl, pt }
const rightToLeft = ['ar', 'he', 'fa', 'ur']

/** The words of a language, or English where we do not speak it. */
export function wordsOf(wanted: string, own: OwnMessages = {}): Words {
  const language = spoken(wanted)
  const messages: Messages = { ...(languages[base(language)] ?? en), ...own }
  const rules = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)
  const count = (number: number) => numbers.format(number)
  const direction = rightToLeft.includes(base(language)) ? 'rtl' : 'ltr'
  // Names from left to right would pull what stands beside them along.
  const isolate = (text: string) => (direction === 'rtl' ? `\u2068${text}\u2069` : text)
  const say = (word: Word, values: Values = {}) => {
    const message: Message = messages[word]
    const n = values['n']
    const form =
      typeof message === 'string'
        ? message
        : ((typeof n === 'number' ? message[rules.select(n)] : undefined) ?? message.other)
    return form.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? ''
      return typeof value === 'number' ? count(value) : isolate(value)
    })
  }
  return {
    say,
    language,
    direction,
    count,
  }
}

function base(language: string): string {
  return (language.split('-', 1)[0] ?? '').toLowerCase()
}

/** As it is written, with its region, where we speak it and browsers know it. */
function spoken(wanted: string): string {
  const written = wanted.trim().replaceAll('_', '-')
  if (!(base(written) in languages)) return 'en'
  try {
    return Intl.getCanonicalLocales(written)[0] ?? 'en'
  } catch {
    return base(written)
  }
}
