/** Details that the server translates. A client that branches on them breaks when the language changes. */
export type Language = 'en' | 'fr';

const table = {
  wrongPassword: {
    en: 'Invalid Password Or User Name',
    fr: 'Mot de passe ou nom d’utilisateur invalide',
  },
  passkeyOnly: {
    en: 'Password authentication is disabled, please use your passkey instead',
    fr: 'L’authentification par mot de passe est désactivée, veuillez utiliser votre clé d’accès',
  },
  suspended: {
    en: 'Your account has been suspended. If you have questions, please contact the site administrators',
    fr: 'Votre compte a été suspendu. Pour toute question, veuillez contacter les administrateurs',
  },
  deleted: { en: 'This account has been deleted', fr: 'Ce compte a été supprimé' },
  pending: { en: 'Your account is pending approval', fr: 'Votre compte est en attente de validation' },
  passwordExpired: { en: 'Your password has expired', fr: 'Votre mot de passe a expiré' },
  noProjectAccess: {
    en: 'You do not have access to this project',
    fr: 'Vous n’avez pas accès à ce projet',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type Text = keyof typeof table;

export const textOf = (text: Text, language: Language): string => table[text][language];
