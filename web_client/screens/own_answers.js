// Answers under their questions, as one text that can be kept and read again. Pure.

/**
 * Each answer under its question; those that are empty are left out.
 * @param {readonly string[]} questions
 * @param {readonly string[]} answers
 */
export function answered(questions, answers) {
  return questions.flatMap((question, at) => (answers[at]?.trim() ? [`${question}\n${answers[at]?.trim()}`] : [])).join("\n\n");
}
