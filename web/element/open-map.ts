import { defined } from '../../lib/defined.ts'
import type { Picture, PictureHandlers } from '../picture/picture.ts'
import type { Sale, SaleOptions } from '../sale/sale.ts'
import type { EventFacts, Scene } from '../scene/scene.ts'
import { actsFor, handlersFor, tellChosen } from './acts.ts'
import type { Desk, Status } from './desk.ts'
import { followSale } from './follow-sale.ts'
import type { Known } from './known.ts'
import { maker } from './make.ts'
import { openDesk } from './open-desk.ts'
import { makePaint, onPreference } from './paint.ts'
import { makeAnnouncer } from './parts/announcer.ts'
import type { Settings } from './public.ts'
import { makeShell, type Shell } from './shell.ts'
import { tellRefused, type Tell } from './tell-sale.ts'

/** What a map needs of others, so that tests have a sale and a picture that they can look into. */
export interface MapNeeds {
  readonly openSale: (options: SaleOptions) => Sale
  readonly openPicture: (host: HTMLElement, handlers: PictureHandlers) => Picture
  readonly readScene: (drawing: unknown, facts?: EventFacts) => Scene
  /** Calls back later; the answer calls it off. */
  readonly later: (milliseconds: number, call: () => void) => () => void
}

/** Where a map is shown, and who is told what there. */
export interface MapPlace {
  readonly root: ShadowRoot
  readonly view: Window & typeof globalThis
  readonly settings: () => Settings
  readonly tell: Tell
  /** For whoever drew the hall or wrote the page. */
  readonly note: (text: string, details: unknown) => void
}

/** A map on a page, until it is closed. */
export interface OpenMap {
  readonly desk: Desk
  /** Something was set that begins no other sale. */
  settingsChanged(): void
  close(): void
}

/** Shows a map and follows its sale until it is closed. */
export function openMap(place: MapPlace, needs: MapNeeds): OpenMap {
  const { view, root, settings, tell } = place
  const ended = new AbortController()
  const { signal } = ended
  const make = maker(view.document)
  const canvas = make('div', { class: 'canvas' })
  const sale = needs.openSale(saleOptions(settings))
  const known: Known = { hall: undefined, isBroken: false, floor: 0, hasPatterns: false }
  const announcer = makeAnnouncer(make, (milliseconds, call) => desk.later(milliseconds, call))
  const paint = makePaint(view, make)
  const repaint = (labels?: readonly string[]) => {
    if (known.hall !== undefined) picture.repaint(known.hall.forget(labels))
    desk.refresh()
  }
  const setPaint = () => {
    picture.setPaint(paint.read(known.hasPatterns))
    repaint()
  }
  const desk = openDesk({
    ...{ document: view.document, signal, settings, sale, later: needs.later },
    state: {
      hall: () => known.hall,
      status: (): Status => (known.isBroken ? 'broken' : sale.connection),
      say: announcer.say,
      picture: () => picture,
    },
    told: toldOf(() => desk, tell, repaint),
  })
  const acts = actsFor(desk, {
    ...{ tell, repaint },
    ask: (question) => shell.ask(question),
    onPatterns: (areOn) => {
      known.hasPatterns = areOn
      setPaint()
    },
  })
  const shell: Shell = makeShell(desk, acts, { canvas, floor: () => known.floor })
  root.replaceChildren(paint.probe, shell.element, announcer.polite)
  shell.main.append(announcer.urgent)
  const picture = needs.openPicture(
    canvas,
    handlersFor(desk, { known, shell, onPick: acts.onPick }),
  )
  setPaint()
  onPreference(view, signal, setPaint)
  watchSize(view, signal, { canvas, picture })
  followSale(desk, { place, needs, known, repaint, paint: paint.now })
  sale.start()
  const settingsChanged = () => {
    desk.settingsChanged()
    repaint()
  }
  const close = () => {
    ended.abort()
    sale.stop()
    picture.destroy()
    root.replaceChildren()
  }
  return { desk, settingsChanged, close }
}

function saleOptions(settings: () => Settings): SaleOptions {
  const { server, key, event, holdToken, holdSeconds, channels } = settings()
  const sold = channels.length === 0 ? undefined : channels
  return {
    server,
    apiKey: key,
    eventKey: event,
    ...defined({ holdToken, holdSeconds, channels: sold }),
    // The one of now: another token is no other sale.
    admission: () => {
      const { admissionToken: token } = settings()
      return typeof token === 'function' ? token() : token
    },
  }
}

function toldOf(
  desk: () => Desk,
  tell: Tell,
  repaint: (labels: readonly string[]) => void,
): Parameters<typeof openDesk>[0]['told'] {
  return {
    changed: repaint,
    choosing: (objects) => tell('holdfast-choose', { objects }),
    chosen: (objects) => {
      tellChosen(desk(), tell, { name: 'holdfast-selected', objects })
    },
    dropped: (objects) => {
      tellChosen(desk(), tell, { name: 'holdfast-deselected', objects })
    },
    refused: (refused) => {
      tellRefused(desk(), tell, refused)
    },
  }
}

function watchSize(
  view: Window & typeof globalThis,
  signal: AbortSignal,
  { canvas, picture }: { readonly canvas: HTMLElement; readonly picture: Picture },
): void {
  const observer = new view.ResizeObserver(() => {
    picture.resize()
  })
  observer.observe(canvas)
  signal.addEventListener('abort', () => {
    observer.disconnect()
  })
}
