import type { ValidationLevel, ValidationRule } from '../venue/validate-chart.ts'
import { MINUTE_SECONDS } from '../limits/durations.ts'
import { HOLD_SECONDS_DEFAULT } from '../limits/limits.ts'

/** What a company has set for all its workspaces. */
export interface AccountSettings {
  /** Whether a change of a chart that has events goes into a draft first. */
  readonly usesDrafts: boolean
  /** Minutes that a hold token lives, unless its request says otherwise. */
  readonly holdMinutes: number
  /** How strict each rule for drawings is; without a level it is off. */
  readonly validation: Readonly<Partial<Record<ValidationRule, ValidationLevel>>>
  /** Switches of the seat map that are on. */
  readonly renderer: Readonly<Partial<Record<RendererSwitch, boolean>>>
}

/** Switches that are kept for whoever draws seat maps; each is off unless it was set. */
export const rendererSwitches = [
  'showFullScreenButton',
  'multiSelectEnabled',
  'companionSeatValidationEnabled',
] as const

export type RendererSwitch = (typeof rendererSwitches)[number]

/** Settings to change; what is left out stays. */
export type SettingsEdit = Partial<AccountSettings>

/** What a company begins with. */
export const defaultAccountSettings: AccountSettings = {
  usesDrafts: true,
  holdMinutes: HOLD_SECONDS_DEFAULT / MINUTE_SECONDS,
  validation: {},
  renderer: {},
}
