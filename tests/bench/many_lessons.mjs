// many_lessons: a thousand lessons of words put together from syllables, some frequent and most rare, as in a language with
// compounds. The same every time.
import { mkdirSync, writeFileSync } from "node:fs";

const SYLLABLES = ("ver wal tung da ten schutz pass wort si cher heit mel den kon to ge such amt bau stadt netz brief form lar zug " +
    "recht frei ga be kenn zahl dienst plan ner ung licht").split(" ");
const COURSES = 40;
const LESSONS = 25;

// A sequence of numbers below n, from a seed.
function numbers(seed) {
    return (n) => {
        seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
        return (seed >> 8) % n;
    };
}

function writer(below) {
    const list = Array.from({ length: 20000 }, () => Array.from({ length: 2 + below(4) }, () => SYLLABLES[below(SYLLABLES.length)]).join(""));
    const word = () => list[Math.floor((below(10000) / 10000) ** 3 * list.length)];
    const sentence = () => `${Array.from({ length: 8 + below(8) }, (_, i) => (i % 4 === 1 ? ["die", "und", "der"][below(3)] : word())).join(" ")}.`;
    return { word, sentence };
}

function lesson(number, { word, sentence }) {
    const paragraph = () => `<p>${sentence()} ${sentence()} ${sentence()}</p>`;
    const section = (_, i) => `<section id="s-${number}-${i}"><title>${word()} ${word()}</title>${paragraph()}${paragraph()}${paragraph()}</section>`;
    return `<lesson id="l-${number}" minutes="8"><title>${word()} ${word()} ${word()}</title>` +
        `<objective id="o-${number}" competence="digcomp-3.0:4.1" level="2">${sentence()}</objective>${Array.from({ length: 4 }, section).join("")}</lesson>`;
}

export function writeManyLessons(folder) {
    const words = writer(numbers(7));
    for (let i = 0; i < COURSES; i++) {
        mkdirSync(`${folder}/kurs-${i}`, { recursive: true });
        const head = `<course xmlns="urn:lotse:course:1" id="kurs-${i}" version="1.0.0" xml:lang="de-CH"><title>Kurs ${i}</title><summary><p>${words.sentence()}</p></summary>`;
        const lessons = Array.from({ length: LESSONS }, (_, number) => lesson(number, words));
        writeFileSync(`${folder}/kurs-${i}/course.xml`, `<?xml version="1.0" encoding="UTF-8"?>\n${head}${lessons.join("")}</course>\n`);
    }
}
