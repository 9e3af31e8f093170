import type { Examples } from '../http/surface-document.ts'

export const examples: Record<string, Examples> = {}
