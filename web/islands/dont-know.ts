// "Weiss ich nicht" and an answer exclude each other. Without JavaScript the server takes "don't know" as the stronger.
function clear(input: HTMLInputElement): void {
    if (input.type === "text") input.value = "";
    else input.checked = false;
}

export function dontKnow(): void {
    document.addEventListener("input", (event) => {
        const changed = event.target;
        const question = changed instanceof HTMLInputElement ? changed.closest("[data-question]") : null;
        if (!(changed instanceof HTMLInputElement) || !question) return;
        const skips = changed.matches("[data-skip]");
        if (skips && !changed.checked) return;
        const others = skips ? "input:not([data-skip])" : "input[data-skip]";
        for (const other of question.querySelectorAll<HTMLInputElement>(others)) clear(other);
    });
}
