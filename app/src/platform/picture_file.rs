//! Words and pictures as one picture file, drawn on this device.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Path2d, Window};

use super::page;

/// Wide enough to be read on a phone and on paper, in pixels.
const WIDTH: f64 = 1_200.0;
const MARGIN: f64 = 48.0;
const SYMBOL: f64 = 72.0;
const LETTERS: f64 = 32.0;
const LINE: f64 = 44.0;
const GAP: f64 = 16.0;
const DRAWING: f64 = 480.0;
const INK: &str = "#14323f";

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDrawn {
    /// Symbols are not on this device.
    NoSymbols,
    /// The browser draws no picture as long as that.
    TooLong,
}

/// What stands in a line.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A picture, by its address.
    Symbol(String),
    /// Words; they go on in the next line.
    Words(String),
    /// A drawing on a sheet of this size: the colour of each line, and its path.
    Drawing((f64, f64), Vec<(String, String)>),
}

/// A row between two hairlines: lines of pieces.
pub type Row = Vec<Vec<Piece>>;

/// Saves a picture of a title and rows under this name, where the browser puts what it saves.
///
/// # Errors
/// [`NotDrawn`].
pub async fn save(name: &str, title: &str, rows: &[Row]) -> Result<(), NotDrawn> {
    let symbols = load(rows).await.map_err(|_| NotDrawn::NoSymbols)?;
    draw(name, title, rows, &symbols).await.map_err(|_| NotDrawn::TooLong)
}

async fn draw(name: &str, title: &str, rows: &[Row], symbols: &[HtmlImageElement]) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = element(&window, "canvas")?;
    // Twice: how high it is shows only when all is laid out.
    let height = Sheet::on(&window, &canvas, 1.0)?.lay(title, rows, symbols)?;
    Sheet::on(&window, &canvas, height)?.lay(title, rows, symbols)?;
    let blob = blob(&canvas).await?;
    page::save(name, &blob)
}

fn element<T: JsCast>(window: &Window, name: &str) -> Result<T, JsValue> {
    let document = window.document().ok_or(JsValue::NULL)?;
    document.create_element(name)?.dyn_into().map_err(JsValue::from)
}

/// The pictures, in their order.
async fn load(rows: &[Row]) -> Result<Vec<HtmlImageElement>, JsValue> {
    let mut symbols = Vec::new();
    for piece in rows.iter().flatten().flatten() {
        if let Piece::Symbol(address) = piece {
            let symbol = HtmlImageElement::new()?;
            symbol.set_src(address);
            JsFuture::from(symbol.decode()).await?;
            symbols.push(symbol);
        }
    }
    Ok(symbols)
}

async fn blob(canvas: &HtmlCanvasElement) -> Result<Blob, JsValue> {
    let promise = js_sys::Promise::new(&mut |done, failed| {
        let not_begun = failed.clone();
        let taken = Closure::once_into_js(move |blob: JsValue| {
            let _ =
                if blob.is_null() { failed.call1(&JsValue::NULL, &blob) } else { done.call1(&JsValue::NULL, &blob) };
        });
        if let Err(error) = canvas.to_blob(taken.unchecked_ref()) {
            let _ = not_begun.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(promise).await?.dyn_into()
}

/// What is drawn on, and how far it has come.
struct Sheet {
    pen: CanvasRenderingContext2d,
    family: String,
    x: f64,
    y: f64,
}

impl Sheet {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand pixels")]
    fn on(window: &Window, canvas: &HtmlCanvasElement, height: f64) -> Result<Sheet, JsValue> {
        canvas.set_width(WIDTH as u32);
        canvas.set_height(height.ceil() as u32);
        let pen: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
        pen.set_fill_style_str("#fff");
        pen.fill_rect(0.0, 0.0, WIDTH, height);
        pen.set_fill_style_str(INK);
        let body = window.document().and_then(|document| document.body()).ok_or(JsValue::NULL)?;
        let family = window.get_computed_style(&body)?.ok_or(JsValue::NULL)?.get_property_value("font-family")?;
        Ok(Sheet { pen, family, x: MARGIN, y: MARGIN })
    }

    /// Lays everything out; how high that is.
    fn lay(mut self, title: &str, rows: &[Row], symbols: &[HtmlImageElement]) -> Result<f64, JsValue> {
        let mut symbols = symbols.iter();
        self.pen.set_font(&format!("800 {}px {}", LETTERS * 1.25, self.family));
        self.words(title, LINE * 1.25)?;
        self.end(LINE * 1.25 + GAP);
        self.pen.set_font(&format!("500 {LETTERS}px {}", self.family));
        for row in rows {
            self.pen.fill_rect(MARGIN, self.y, WIDTH - 2.0 * MARGIN, 2.0);
            self.y += GAP;
            for line in row {
                let has_symbol = line.iter().any(|piece| matches!(piece, Piece::Symbol(_)));
                let height = if has_symbol { SYMBOL } else { LINE };
                for piece in line {
                    match piece {
                        Piece::Symbol(_) => self.symbol(symbols.next().ok_or(JsValue::NULL)?)?,
                        Piece::Words(words) => self.words(words, height)?,
                        Piece::Drawing(sheet, lines) => self.drawing(*sheet, lines)?,
                    }
                }
                self.end(height + GAP / 2.0);
            }
            self.y += GAP;
        }
        Ok(self.y + MARGIN)
    }

    fn end(&mut self, height: f64) {
        if self.x > MARGIN {
            (self.x, self.y) = (MARGIN, self.y + height);
        }
    }

    fn symbol(&mut self, symbol: &HtmlImageElement) -> Result<(), JsValue> {
        if self.x + SYMBOL > WIDTH - MARGIN {
            self.end(SYMBOL + GAP / 2.0);
        }
        self.pen.draw_image_with_html_image_element_and_dw_and_dh(symbol, self.x, self.y, SYMBOL, SYMBOL)?;
        self.x += SYMBOL + GAP;
        Ok(())
    }

    /// Words stand in the middle of their line.
    fn words(&mut self, words: &str, height: f64) -> Result<(), JsValue> {
        for word in words.split_whitespace() {
            let width = self.pen.measure_text(word)?.width();
            if self.x > MARGIN && self.x + width > WIDTH - MARGIN {
                self.end(height);
            }
            self.pen.fill_text(word, self.x, self.y + height / 2.0 + LETTERS / 3.0)?;
            self.x += width + LETTERS / 3.0;
        }
        self.x += GAP;
        Ok(())
    }

    fn drawing(&mut self, (width, height): (f64, f64), lines: &[(String, String)]) -> Result<(), JsValue> {
        self.end(LINE);
        let scale = DRAWING / width;
        self.pen.stroke_rect(self.x, self.y, DRAWING, height * scale);
        self.pen.save();
        self.pen.translate(self.x, self.y)?;
        self.pen.scale(scale, scale)?;
        self.pen.set_line_width(8.0);
        self.pen.set_line_cap("round");
        for (colour, path) in lines {
            self.pen.set_stroke_style_str(colour);
            self.pen.stroke_with_path(&Path2d::new_with_path_string(path)?);
        }
        self.pen.restore();
        self.y += height * scale + GAP;
        Ok(())
    }
}
