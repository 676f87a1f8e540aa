//! The certificate file: dropped or chosen, and looked at before it is sent.

use js_sys::Uint8Array;
use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{File, FileList, HtmlInputElement};
use model::CertificateKind;
use wasm_bindgen_futures::JsFuture;

/// The most that is looked at: no certificate or metadata is larger.
const MAX_SIZE: f64 = 2_097_152.0;

/// A file as it looks before it is sent.
#[derive(Clone)]
struct Look {
    name: String,
    words: &'static str,
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
            {move || looks.get().into_iter().map(line).collect_view()}
        </ul>
    }
}

fn line(look: Look) -> impl IntoView {
    view! {
        <li data-ok=look.good.to_string()>
            <strong>{look.name}</strong>
            " "
            {look.words}
        </li>
    }
}

fn list(files: Option<&FileList>) -> Vec<File> {
    files.map(|files| (0..files.length()).filter_map(|index| files.item(index)).collect()).unwrap_or_default()
}

/// What the server would say about the file. Its words are taken one by one: writing out a
/// `FieldProblem` would bring the calendar into the WebAssembly.
async fn look_at(file: File) -> Look {
    let (words, good) = verdict(&file).await;
    Look { name: file.name(), words, good }
}

async fn verdict(file: &File) -> (&'static str, bool) {
    if file.size() > MAX_SIZE {
        return ("is too large to be a certificate", false);
    }
    let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
        return ("cannot be read. Choose it again", false);
    };
    match CertificateKind::of(&Uint8Array::new(&buffer).to_vec()) {
        CertificateKind::Der => ("looks like Certificate (Raw)", true),
        CertificateKind::Pem => ("looks like Certificate (Base64)", true),
        CertificateKind::Metadata => ("looks like Federation Metadata XML", true),
        kind => (kind.refusal(), false),
    }
}
