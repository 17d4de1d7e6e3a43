/** What is said most often, and so is there without being fetched. */
export const wrongWords = {
  title: 'This does not open the vault.',
  next: 'The vault itself is whole, so it is not damaged: type the passphrase again. Nobody can reset it.',
};
