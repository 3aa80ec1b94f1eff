/** The server takes no writes: after a failover we may still be talking to the old one. */
export const READ_ONLY_TRANSACTION = '25006'
