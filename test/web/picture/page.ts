import { Window } from 'happy-dom'
import { openPicture } from '../../../web/picture/open-picture.ts'
import type { Hit, Look, Paint, Picture } from '../../../web/picture/picture.ts'
import { plainPaint } from '../../../web/picture/play.ts'
import type { Scene } from '../../../web/scene/scene.ts'
import { openLooks } from './halls.ts'
import { openRecording } from './recording.ts'
import type { Recording } from './recording.ts'

export interface Told {
  readonly picks: (Hit | undefined)[]
  readonly hovers: (Hit | undefined)[]
  readonly views: { readonly floor: number; readonly scale: number; readonly isClose: boolean }[]
}

export interface Page {
  readonly picture: Picture
  readonly recording: Recording
  readonly told: Told
  readonly states: Record<number, Look['state']>
  readonly canvas: () => HTMLElement | undefined
  /** Lets frames pass until none is asked for, each of them 16 milliseconds after the last. */
  rest(): void
  /** The scale and place that were told last, or are. */
  scale(): number
  /** Sends an event of the mouse; the answer says whether the page may still act upon it. */
  mouse(
    type: string,
    at: readonly [number, number],
    more?: Readonly<Record<string, unknown>>,
  ): boolean
  touch(
    type: string,
    places: readonly (readonly [number, number])[],
    ended?: readonly (readonly [number, number])[],
  ): boolean
  click(at: readonly [number, number], pointerType?: 'mouse' | 'touch'): void
  drag(from: readonly [number, number], to: readonly [number, number]): void
  setSize(width: number, height: number): void
  setPageLength(pixels: number): void
  setFocus(isInside: boolean): void
}

type Sent = InstanceType<Window['Event']>

/** A picture on a page, 1,000 by 700 pixels large. */
export function openPage(scene: Scene, paint: Partial<Paint> = {}): Page {
  const window = new Window()
  const host = window.document.createElement('div')
  window.document.body.append(host)
  const setting = { width: 1_000, height: 700, page: 700, hasFocus: false }
  define(host, 'clientWidth', () => setting.width)
  define(host, 'clientHeight', () => setting.height)
  define(host, 'matches', () => () => setting.hasFocus)
  define(window.document.documentElement, 'scrollHeight', () => setting.page)
  define(window.document.documentElement, 'clientHeight', () => 700)
  const recording = openRecording()
  const states: Record<number, Look['state']> = {}
  const told: Told = { picks: [], hovers: [], views: [] }
  const picture = openPicture(
    // It is what the page has, under other types.
    host as unknown as HTMLElement,
    {
      onPick: (hit) => told.picks.push(hit),
      onHover: (hit) => told.hovers.push(hit),
      onView: (view) => told.views.push(view),
    },
    recording.studio,
  )
  picture.setPaint({ ...plainPaint, ...paint })
  picture.show(scene, openLooks(states))
  const rest = () => {
    for (let frames = 0; recording.frame(); frames += 1) {
      if (frames > 2_000) throw new Error('frames without end')
      recording.pass(16)
    }
  }
  return {
    picture,
    recording,
    told,
    states,
    canvas: () => (host.querySelector('canvas') ?? undefined) as unknown as HTMLElement | undefined,
    rest,
    scale: () => {
      rest()
      return told.views.at(-1)?.scale ?? 0
    },
    ...openHands(window, (event) => host.querySelector('canvas')?.dispatchEvent(event) ?? true),
    setSize: (width, height) => {
      Object.assign(setting, { width, height })
      picture.resize()
    },
    setPageLength: (pixels) => {
      setting.page = pixels
    },
    setFocus: (isInside) => {
      setting.hasFocus = isInside
    },
  }
}

function openHands(
  window: Window,
  send: (event: Sent) => boolean,
): Pick<Page, 'mouse' | 'touch' | 'click' | 'drag'> {
  const mouse: Page['mouse'] = (type, [clientX, clientY], more = {}) => {
    const about = { clientX, clientY, bubbles: true, cancelable: true, view: window, ...more }
    const event = eventOf(window, type, about)
    // In happy-dom an event of the wheel has no place, and none of the mouse has a view.
    for (const [name, value] of Object.entries(about)) define(event, name, () => value)
    const isOfWindow = type === 'mousemove' || type === 'mouseup'
    return isOfWindow ? window.dispatchEvent(event) : send(event)
  }
  return {
    mouse,
    touch: (type, places, ended = []) => {
      const event = new window.Event(type, { bubbles: true, cancelable: true })
      const touchesOf = (list: readonly (readonly [number, number])[]) =>
        list.map(([clientX, clientY], identifier) => ({ identifier, clientX, clientY }))
      define(event, 'touches', () => touchesOf(places))
      define(event, 'changedTouches', () => touchesOf(ended.length > 0 ? ended : places))
      return send(event)
    },
    click: (at, pointerType = 'mouse') => {
      mouse('pointerdown', at, { pointerType })
      if (pointerType === 'mouse') {
        mouse('mousedown', at, { button: 0 })
        mouse('mouseup', at, { button: 0 })
      }
      mouse('click', at, { pointerType })
    },
    drag: (from, to) => {
      mouse('pointerdown', from, { pointerType: 'mouse' })
      mouse('mousedown', from, { button: 0 })
      mouse('mousemove', to)
      mouse('mouseup', to)
      mouse('click', to, { pointerType: 'mouse' })
    },
  }
}

function eventOf(window: Window, type: string, about: Readonly<Record<string, unknown>>): Sent {
  if (type === 'wheel') return new window.WheelEvent(type, about)
  const isPointer = type.startsWith('pointer') || type === 'click'
  return isPointer ? new window.PointerEvent(type, about) : new window.MouseEvent(type, about)
}

function define(of: object, name: string, get: () => unknown): void {
  Object.defineProperty(of, name, { get, configurable: true })
}
