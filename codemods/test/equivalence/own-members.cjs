/**
 * test/equivalence/own-members: methods and getters of a bot's own, which see what its process has. The bots of the tests
 * have them, and their files hold this text.
 */
class Music {
  constructor(players) {
    this.players = players;
    this.owner = 'somebody';
    this.names = new Map([['7', 'seven']]);
  }
  playing() {
    return this.players.size;
  }
  get busy() {
    return this.players.size > 2;
  }
  get title() {
    return `Music of ${this.owner}`;
  }
  titled(id) {
    return this.names.get(id) ?? 'none';
  }
}

/** A client whose methods see nothing but what their `this` has. */
exports.botOf = (Client) =>
  class Bot extends Client {
    servers() {
      return this.guilds.cache.size;
    }
    async tell(id) {
      const channel = this.channels.cache.get(id);
      if (channel !== undefined) await channel.send(`in ${this.guilds.cache.size}`);
    }
    isLarge() {
      return this.guilds.cache.size > 5;
    }
  };

exports.putMembers = (client, players) => {
  const premium = new Map([['7', 2]]);
  client.music = new Music(players);
  Object.defineProperty(client, 'load', { get: () => client.guilds.cache.size });
  client.howMany = () => client.guilds.cache.size;
  client.isBig = () => client.howMany() > 5;
  client.isLong = (id) => id.length > 3;
  client.premiumOf = (id) => premium.get(id) ?? 0;
  client.util = {
    count: async () => client.guilds.cache.size,
    busiest: () => client.guilds.cache.first(),
  };
  client.reminders = new Map([
    ['r1', 5],
    ['r2', 7],
  ]);
};
