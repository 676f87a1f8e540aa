//! The certificate file: dropped or chosen, and looked at before it is sent.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{File, FileList, HtmlInputElement};
use model::{CertificateKind, FieldProblem};

/// The most that is looked at: no certificate or metadata is larger.
const MAX_SIZE: f64 = 1_048_576.0;

/// A file as it looks before it is sent.
#[derive(Clone)]
struct Look {
    name: String,
    words: String,
    good: bool,
}

/// The file input as a drop zone. Without scripts it is the plain input.
#[island]
pub fn CertificateDrop(
    /// The value of `aria-describedby`.
    described_by: Option<String>,
    /// Whether the server refused the file.
    invalid: bool,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let (active, set_active) = signal(false);
    let (looks, set_looks) = signal(Vec::<Look>::new());
    let look = move |files: Option<FileList>| {
        set_looks.set(Vec::new());
        for file in list(files.as_ref()) {
            spawn_local(async move {
                let seen = look_at(file).await;
                set_looks.update(|looks| looks.push(seen));
            });
        }
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        set_active.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(input) = input.get_untracked() {
            let input: &HtmlInputElement = input.unchecked_ref();
            input.set_files(files.as_ref());
        }
        look(files);
    };
    view! {
        <label
            class="drop"
            data-active=move || active.get().to_string()
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                set_active.set(true);
            }
            on:dragleave=move |_| set_active.set(false)
            on:drop=drop
        >
            <span>"Certificate file"</span>
            <input
                id="file"
                name="file"
                type="file"
                multiple
                node_ref=input
                aria-invalid=invalid.then_some("true")
                aria-describedby=described_by
                on:change:target=move |event| look(event.target().files())
            />
            <span class="field__hint">"Choose the file, or drop it here"</span>
        </label>
        <ul class="drop__look" role="status">
            <For each=move || looks.get() key=|look| look.name.clone() let:look>
                <li data-ok=look.good.to_string()>
                    <strong>{look.name}</strong>
                    " "
                    {look.words}
                </li>
            </For>
        </ul>
    }
}

fn list(files: Option<&FileList>) -> Vec<File> {
    files.map(|files| (0..files.length()).filter_map(|index| files.item(index)).collect()).unwrap_or_default()
}

async fn look_at(file: File) -> Look {
    let name = file.name();
    let refused = |problem: FieldProblem| Look { name: name.clone(), words: problem.to_string(), good: false };
    if file.size() > MAX_SIZE {
        return refused(FieldProblem::FileTooLarge);
    }
    let Ok(buffer) = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await else {
        return refused(FieldProblem::DamagedCertificate);
    };
    let content = js_sys::Uint8Array::new(&buffer).to_vec();
    let kind = CertificateKind::of(&content);
    let words = match kind {
        CertificateKind::Der => "looks like Certificate (Raw)",
        CertificateKind::Pem => "looks like Certificate (Base64)",
        CertificateKind::Metadata => "looks like Federation Metadata XML",
        kind => return refused(FieldProblem::NotACertificate { kind }),
    };
    Look { name, words: words.to_owned(), good: true }
}
