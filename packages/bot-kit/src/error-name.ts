/** What a log may say of an error: its message may quote what people wrote. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
