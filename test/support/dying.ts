import type { Bus } from '../../lib/bus/bus.ts'
import type { Runtime } from '../../lib/open.ts'

/** A process that dies at one of its calls to table or bus, before the call or right after it, and does nothing any more. */
export interface DyingProcess {
  readonly runtime: Runtime
  readonly bus: Bus
  /** Whether it came as far as its death. */
  isDead(): boolean
}

/** Makes one out of a process and its bus; `call` counts from 1. */
export function dyingProcess(
  { runtime, bus }: { runtime: Runtime; bus: Bus },
  { call, when }: { call: number; when: 'before' | 'after' },
): DyingProcess {
  let calls = 0
  let isDead = false
  const die = () => {
    isDead = true
    throw new Error('died')
  }
  const mortal = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (object, name) => {
        const value: unknown = Reflect.get(object, name)
        if (typeof value !== 'function') return value
        return async (...args: unknown[]) => {
          if (isDead) throw new Error('died')
          calls += 1
          const isLast = calls === call
          if (isLast && when === 'before') die()
          const answer: unknown = await Reflect.apply(value, object, args)
          if (isLast) die()
          return answer
        }
      },
    })
  const { store } = runtime
  const { reader, writer } = store
  return {
    runtime: { ...runtime, store: { ...store, reader: mortal(reader), writer: mortal(writer) } },
    bus: mortal(bus),
    isDead: () => isDead,
  }
}
