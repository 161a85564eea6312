import java.io.IOException;
import java.io.Writer;
import org.apache.axis.components.encoding.AbstractXMLEncoder;

/**
 * UTF-8 for Axis, which by itself writes a character beyond the BMP as two references to surrogates: no XML (XML 1.0 §2.2).
 * META-INF/services names it to Axis's XMLEncoderFactory.
 */
public final class Utf8Encoder extends AbstractXMLEncoder {
    @Override
    public String getEncoding() {
        return "UTF-8";
    }

    @Override
    public void writeEncoded(Writer writer, String text) throws IOException {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '&' -> writer.write(AMP);
                case '"' -> writer.write(QUOTE);
                case '<' -> writer.write(LESS);
                case '>' -> writer.write(GREATER);
                case '\n' -> writer.write(LF);
                case '\r' -> writer.write(CR);
                case '\t' -> writer.write(TAB);
                default -> writer.write(character);
            }
        }
    }
}
