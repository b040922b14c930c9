/** bench/payload: what every contestant sends: about 100 bytes, as a bot's request has. The answer is a number. */
export const payload = {
  guildId: '1099100000000000001',
  userId: '880000000000000001',
  op: 'count',
  flag: true,
  n: 12345,
};
