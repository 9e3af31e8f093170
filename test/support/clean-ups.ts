/** Run after each test, in order, by `set-up.ts`: files share the modules of their process, so hooks of a module would run once. */
export const cleanUps: (() => Promise<void>)[] = []
