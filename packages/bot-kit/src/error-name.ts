/** The part of an error that a log may contain: its message may quote what people wrote. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
