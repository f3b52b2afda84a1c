/** The account that signs in to the host. n8n takes only the hash, so that its own sign-in checks the password. */
export interface Owner {
  email: string;
  password: string;
  passwordHash: string;
}

/**
 * The demonstration account: printed by `npm start`, used by the tests. Nobody but this machine can reach the host,
 * so there is nothing secret about it. The hash is bcrypt, cost 10, of the password beside it.
 */
export const demoOwner: Owner = {
  email: 'demo@example.com',
  password: 'Campaign-demo-1',
  passwordHash: '$2a$10$.d1m4C/wzQJzTV/n7EH81uz7cnJMKTk.luxGuNNbA18PLOvYtvJXO',
};
