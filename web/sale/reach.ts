import type { Connection, Surroundings } from './sale.ts'
import { OFFLINE_AFTER_MS } from './times.ts'

/** Whether the server is reached, as a person is told. */
export interface Reach {
  readonly connection: Connection
  connect(connection: Connection): void
  /** Something was asked: without a good answer within some seconds, nobody is reached. */
  watch(): void
  /** A good answer came, or nothing is asked any more. */
  unwatch(): void
  /** When it is known whether there is anything to show, or `letGo` is called. */
  ready(): Promise<void>
  letGo(): void
}

/** Opens it: nothing is known yet. */
export function openReach(
  { later }: Pick<Surroundings, 'later'>,
  onConnection: (connection: Connection) => void,
): Reach {
  let connection: Connection = 'loading'
  let callOff: (() => void) | undefined
  let waiting: readonly (() => void)[] = []
  const letGo = () => {
    const going = waiting
    waiting = []
    for (const go of going) go()
  }
  const connect = (next: Connection) => {
    if (connection === next) return
    connection = next
    letGo()
    onConnection(next)
  }
  return {
    get connection() {
      return connection
    },
    connect,
    watch() {
      callOff ??= later(OFFLINE_AFTER_MS, () => {
        connect('offline')
      })
    },
    unwatch() {
      callOff?.()
      callOff = undefined
    },
    ready: () =>
      new Promise((resolve) => {
        waiting = [...waiting, resolve]
        if (connection !== 'loading') letGo()
      }),
    letGo,
  }
}
