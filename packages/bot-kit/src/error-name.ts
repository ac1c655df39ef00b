/** The part of an error that a log may contain. The message is left out, because it may quote what people wrote. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
