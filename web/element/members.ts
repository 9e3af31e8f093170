import { holdByName, labelsOf, resultOf, selectByName } from './ask-by-name.ts'
import type { Life } from './life.ts'
import type { Result, SeatMapMethods, SeatMapState, Settings, Wants } from './public.ts'
import { attributeNames, noSettings } from './settings.ts'

// What pages find on the element, by name.

type Member<Value> = (life: Life) => Value

/** What may be read. */
export const states: { readonly [Name in keyof SeatMapState]: Member<SeatMapState[Name]> } = {
  selection: (life) => life.map()?.desk.selection() ?? [],
  status: (life) => life.map()?.desk.sale.connection ?? 'loading',
  holdExpiresAt: (life) => {
    const expiresAt = life.map()?.desk.sale.basket.expiresAt
    return expiresAt === undefined ? undefined : new Date(expiresAt)
  },
  secondsLeft: (life) => {
    const { sale } = life.map()?.desk ?? {}
    const expiresAt = sale?.basket.expiresAt
    if (sale === undefined || expiresAt === undefined) return undefined
    return Math.max(0, (expiresAt - sale.serverNow()) / 1_000)
  },
  objects: (life) => {
    const hall = life.map()?.desk.hall()
    return hall?.scene.objects.map((object) => hall.forPage(object)) ?? []
  },
}

/** What may be called. */
export const methods: { readonly [Name in keyof SeatMapMethods]: Member<SeatMapMethods[Name]> } = {
  hold: (life) => async (wants) => {
    const desk = life.map()?.desk
    return desk ? holdByName(desk, wants) : notReady(wants)
  },
  select: (life) => async (wants) => {
    const desk = life.map()?.desk
    return desk ? selectByName(desk, wants) : notReady(wants)
  },
  deselect: (life) => async (labels) => life.map()?.desk.choice.drop(labelsOf(labels)),
  release: (life) => async (labels) => life.map()?.desk.choice.drop(labelsOf(labels)),
  clear: (life) => async () => {
    const choice = life.map()?.desk.choice
    await choice?.drop(choice.items())
  },
  checkout: (life) => async () => {
    const desk = life.map()?.desk
    return desk ? resultOf(desk, await desk.choice.checkout()) : notReady([])
  },
  bestAvailable: (life) => async (wish) => {
    const desk = life.map()?.desk
    return desk ? resultOf(desk, await desk.choice.best(wish)) : notReady([])
  },
  zoomToSection: (life) => (label) => {
    const desk = life.map()?.desk
    const sections = desk?.hall()?.scene.sections ?? []
    const found =
      sections.find((section) => section.label === label) ??
      sections.find((section) => section.display === label)
    if (found !== undefined) desk?.picture.zoomTo({ to: 'section', index: found.index })
  },
  zoomToAll: (life) => () => {
    life.map()?.desk.picture.zoomTo({ to: 'all' })
  },
  reload: (life) => () => {
    life.map()?.desk.sale.reload()
  },
  startNewSession: (life) => async () => {
    const desk = life.map()?.desk
    desk?.choice.forget()
    await desk?.sale.startAnew()
  },
  forgetBasket: (life) => () => {
    const desk = life.map()?.desk
    desk?.choice.forget()
    desk?.sale.forget()
  },
  keepUntil: (life) => (expiresAt) => {
    life.map()?.desk.sale.keptUntil(new Date(expiresAt).getTime())
  },
}

/** All properties and methods, as they are defined on the prototype; each finds the life of its element. */
export function membersOf(lifeOf: (element: object) => Life): PropertyDescriptorMap {
  const members: PropertyDescriptorMap = {}
  const define = (
    name: string,
    get: Member<unknown>,
    set?: (life: Life, value: unknown) => void,
  ) => {
    members[name] = {
      enumerable: true,
      configurable: true,
      get(this: object) {
        return get(lifeOf(this))
      },
      ...(set === undefined
        ? {}
        : {
            set(this: object, value: unknown) {
              set(lifeOf(this), value)
            },
          }),
    }
  }
  for (const name of Object.keys(noSettings) as (keyof Settings)[]) {
    define(name, (life) => life.settings()[name], setter(name))
  }
  for (const [name, read] of Object.entries(states)) define(name, read)
  for (const [name, method] of Object.entries(methods)) define(name, method)
  // A tab's own token, unless the page has set one.
  define(
    'holdToken',
    (life) => life.settings().holdToken ?? life.map()?.desk.sale.basket.holdToken,
    setter('holdToken'),
  )
  define('apiKey', (life) => life.settings().key, setter('key'))
  define('holdMode', (life) => life.settings().hold, setter('hold'))
  // Frameworks write properties where an element has them: written, it is the attribute; called, the method.
  define('hold', methods.hold, setter('hold'))
  return members
}

/** Attributes say what a property says: whoever looks at the page sees it. */
function setter(name: keyof Settings): (life: Life, value: unknown) => void {
  const attribute = Object.keys(attributeNames).find((each) => attributeNames[each] === name)
  return (life, value) => {
    if (attribute === undefined || typeof value === 'function') life.set(name, value)
    else life.reflect(attribute, value)
  }
}

function notReady(wants: Wants): Result {
  const list = typeof wants === 'string' ? [wants] : wants
  const labels = list.map((want) => (typeof want === 'string' ? want : want.label))
  return { held: [], refused: labels.map((label) => ({ label, reason: 'loading' })) }
}
