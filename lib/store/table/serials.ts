import { serialSource } from '../../ids.ts'
import { memoryOf, type Store } from './store.ts'

/** A new number for a chart, an event or a workspace: above all that this process has given. */
export function newSerial(store: Store): number {
  return memoryOf(store, serialSource)()
}
