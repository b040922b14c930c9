module.exports = {
  name: 'crash',
  async execute() {
    // What a fatal bug does to the process (or thread) that has it.
    setTimeout(() => process.exit(1), 200);
    return 'Goodbye.';
  },
};
