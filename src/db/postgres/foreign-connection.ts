/** What was prepared is not there, or is there already: the connection is not ours alone. */
export const FOREIGN_CONNECTION: readonly string[] = ['26000', '42P05']
