import { openBus, type Bus } from './bus/bus.ts'
import { openBusPort, type BusNames } from './bus/port.ts'
import { systemClock } from './clock.ts'
import { secureIds } from './ids.ts'
import { CLIENT_MS_MAX } from './limits/worker-times.ts'

let opened: Bus | undefined

/** The bus of this process, from its environment; opened once. Throws when a variable is missing, by its name. */
export function openBusFromEnvironment(): Bus {
  const requestHandler = {
    connectionTimeout: CLIENT_MS_MAX.connect,
    requestTimeout: CLIENT_MS_MAX.answer,
    throwOnRequestTimeout: true,
  }
  opened ??= openBus(
    openBusPort({
      client: { requestHandler },
      names: namesFromEnvironment(),
      clock: systemClock,
      ids: secureIds(systemClock),
    }),
  )
  return opened
}

/** Has all handlers of this process work with that bus. */
export function shareBus(bus: Bus): void {
  opened = bus
}

/** What an installation calls its bus and queues: each variable by what it names. */
export const busVariables = {
  bus: 'HOLDFAST_BUS',
  deliveriesArn: 'HOLDFAST_DELIVERIES_QUEUE_ARN',
  deliveries: 'HOLDFAST_DELIVERIES_QUEUE_URL',
  timers: 'HOLDFAST_TIMERS_QUEUE_URL',
  deadLetters: 'HOLDFAST_DEAD_LETTERS_QUEUE_URL',
  failures: 'HOLDFAST_FAILURES_QUEUE_URL',
} as const satisfies Record<keyof BusNames, string>

function namesFromEnvironment(): BusNames {
  const named = Object.entries(busVariables).map(([name, variable]) => {
    const value = process.env[variable]
    if (value === undefined || value === '') {
      throw new Error(`Missing environment variable ${variable}`)
    }
    return [name, value]
  })
  return Object.fromEntries(named) as BusNames
}
