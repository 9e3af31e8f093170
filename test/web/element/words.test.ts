import { expect, test } from 'vitest'
import { called } from '../../../web/element/describe.ts'
import { ar } from '../../../web/element/words/ar.ts'
import { de } from '../../../web/element/words/de.ts'
import { en } from '../../../web/element/words/en.ts'
import { es } from '../../../web/element/words/es.ts'
import { fr } from '../../../web/element/words/fr.ts'
import { he } from '../../../web/element/words/he.ts'
import { it } from '../../../web/element/words/it.ts'
import type { Message, Word } from '../../../web/element/words/messages.ts'
import { nl } from '../../../web/element/words/nl.ts'
import { pt } from '../../../web/element/words/pt.ts'
import { wordsOf } from '../../../web/element/words/words.ts'

const languages = { ar, de, en, es, fr, he, it, nl, pt }
const words = Object.keys(en) as Word[]

const forms = (message: Message) =>
  typeof message === 'string' ? [message] : Object.values(message)
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)

test.each(Object.entries(languages))(
  'every message of %s is filled with what the English one is filled with',
  (_, messages) => {
    for (const word of words) {
      const wanted = new Set(forms(en[word]).flatMap(places))
      for (const form of forms(messages[word])) {
        expect(form.trim(), word).not.toBe('')
        // A form for one or two may say the number in words.
        const names = new Set(places(form))
        expect(
          [...names].every((name) => wanted.has(name)),
          word,
        ).toBe(true)
        if (form === forms(messages[word]).at(-1)) expect(names, word).toEqual(wanted)
      }
    }
  },
)

test.each(Object.entries(languages))('every number has its form in %s', (language, messages) => {
  const rules = new Intl.PluralRules(language)
  for (const word of words) {
    const message = messages[word]
    if (typeof message === 'string') continue
    for (const n of [0, 1, 2, 3, 11, 100]) {
      const form = message[rules.select(n)] ?? message.other
      expect(wordsOf(language).say(word, { n }), word).toContain(form.split('{n}')[0])
    }
  }
})

test('numbers of things are said in the grammar of the language', () => {
  expect(wordsOf('en').say('places', { n: 1 })).toBe('1 place')
  expect(wordsOf('en').say('places', { n: 2 })).toBe('2 places')
  expect(wordsOf('ar').say('places', { n: 2 })).toBe('مكانان')
  expect(wordsOf('de').say('left', { n: 1_234 })).toBe('noch 1.234 frei')
})

test.each([
  ['de-AT', 'de-AT', 'Saalplan'],
  ['pt_BR', 'pt-BR', 'Mapa de lugares'],
  ['sv', 'en', 'Seat map'],
  ['', 'en', 'Seat map'],
  ['en-!!', 'en', 'Seat map'],
])('%s is spoken as %s', (wanted, language, map) => {
  const spoken = wordsOf(wanted)
  expect([spoken.language, spoken.say('map')]).toEqual([language, map])
})

test('Arabic and Hebrew are written from right to left', () => {
  expect(
    Object.keys(languages).filter((language) => wordsOf(language).direction === 'rtl'),
  ).toEqual(['ar', 'he'])
})

test('a page says it in words of its own', () => {
  expect(wordsOf('de', { checkout: 'Zur Kasse' }).say('checkout')).toBe('Zur Kasse')
})

test('what is filled in is text and nothing else', () => {
  expect(wordsOf('en').say('seat', { label: '{label} $& <b>' })).toBe('Seat {label} $& <b>')
})

test.each([
  ['en', 'Section A', 'Section A'],
  ['en', 'A', 'Section A'],
  ['en', 'section 12', 'section 12'],
  ['de', 'Block C', 'Block C'],
  ['he', 'גוש א', 'גוש א'],
])('in %s a section that is labelled %s is called %s', (language, label, name) => {
  expect(called(wordsOf(language), 'section', label)).toBe(name)
})

test('names from left to right keep their place among words from right to left', () => {
  expect(wordsOf('ar').say('section', { label: 'Stalls' })).toBe('القسم \u2068Stalls\u2069')
})
